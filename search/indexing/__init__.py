"""How the index follows the database: records, outbox, rebuild, drift."""
