"""Where Haystack looks for index classes."""

from archive.search.index import SpeechIndex

__all__ = ["SpeechIndex"]
