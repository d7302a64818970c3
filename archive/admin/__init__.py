"""The editors' door: speeches with their outline, and the upload page."""

from archive.admin.speeches import EventAdmin, SourceFileAdmin, SpeakerAdmin, SpeechAdmin

__all__ = ["EventAdmin", "SourceFileAdmin", "SpeakerAdmin", "SpeechAdmin"]
