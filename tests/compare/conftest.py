"""Properties are checked without a clock: the first example of a run also loads the dictionary."""

from hypothesis import settings

settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")
