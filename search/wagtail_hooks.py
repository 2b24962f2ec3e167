"""Wiring of the admin: nothing is decided here."""

from wagtail_modeladmin.options import modeladmin_register

from .admin.registers import WordRegisters

modeladmin_register(WordRegisters)
