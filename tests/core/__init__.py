"""Property tests here are bounded by examples and not by a clock, which lies on busy machines."""

from hypothesis import settings

settings.register_profile("portal", deadline=None)
settings.load_profile("portal")
