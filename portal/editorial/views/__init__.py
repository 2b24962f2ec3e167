"""Public pages of the ledger."""
