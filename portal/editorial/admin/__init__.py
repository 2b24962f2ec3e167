"""Pages of the admin for mandates; the review of single items comes with editorial review."""
