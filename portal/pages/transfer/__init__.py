"""A part of the tree, from one portal to another: test → production (docs/site-transfer.md).

The package is a zip with ``trang.json`` and the bytes of pictures and files. What comes in lands as
drafts and goes live by review like everything else; bringing the same package in again changes
nothing.
"""
