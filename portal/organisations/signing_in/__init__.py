"""Signing in: one door (django-allauth), a second factor, sessions, and single sign-on by setting."""
