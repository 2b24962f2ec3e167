"""Fiction to try the portal with: agencies, accounts and documents that nobody can take for real.

Every row is flagged ``demo``; ``manage.py demo remove`` takes them all away again.
"""
