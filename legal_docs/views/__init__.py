"""Public pages of documents: one file per verb."""
