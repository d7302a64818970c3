"""In which language the plain rooms speak to readers: Chinese, until somebody hands over a translation.

They know no framework, so they call what gettext calls translations by gettext's own names, and the app hands over
the one that knows the language of the request (as ``gettext.install`` does, but without a builtin name).
"""

from __future__ import annotations

from collections.abc import Callable

_translation: Callable[[str], str] = str


def speak_through(translation: Callable[[str], str]) -> None:
    """From now on every sentence goes through ``translation``, which gets the Chinese one with its %-fields."""
    global _translation  # set once, when the app starts
    _translation = translation


def gettext(sentence: str) -> str:
    """The sentence in the language now spoken, its %-fields still to be filled."""
    return _translation(sentence)


def gettext_noop(sentence: str) -> str:
    """The sentence itself, marked for the catalogue: it is translated where it is said."""
    return sentence
