"""Importers: read → resolve → plan → apply, one command, idempotent by (source, id, content).

``sources`` turn the records of a source into ``IncomingWork`` values, lazily; ``resolving``
finds the rows that names mean; ``applying`` writes batches, each in one transaction; ``reports``
say what became of each record.
"""
