"""The suite that modelsearch installs, run on our backend in a process of its own.

Its fixture is not installed: ``library.py`` makes one that its tests agree with.
"""
