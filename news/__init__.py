"""News and announcements (tin tức, thông báo): pages of the tree."""
