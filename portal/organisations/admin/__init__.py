"""Registers of agencies, units and memberships."""
