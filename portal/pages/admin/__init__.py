"""The admin of pages: forms, buttons and lists."""
