"""The clerk's desk: lists, forms, reading files in, approval. Wagtail's admin stays Wagtail's."""
