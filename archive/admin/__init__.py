"""The editors' door.

speeches   the list of speeches and the form of each; original files
upload     files in
editing    text and outline of a speech, and its versions
sheets     metadata of many speeches as a table, out and in
taking     the whole archive as one file
people     speakers with their other names, and events; ``merging`` makes one of several
roles      who may do what; ``users`` who may enter
lagging    telling that the index comes after
audit      who did what, and when
"""

from archive.admin.audit import DeedAdmin
from archive.admin.people import EventAdmin, SpeakerAdmin
from archive.admin.speeches import SourceFileAdmin, SpeechAdmin
from archive.admin.users import UserAdmin

__all__ = ["DeedAdmin", "EventAdmin", "SourceFileAdmin", "SpeakerAdmin", "SpeechAdmin", "UserAdmin"]
