"""Registers of search in the admin."""
