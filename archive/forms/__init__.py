"""What people may send: every parameter and field passes through a form before anything else sees it.

fields    dates, numbers, repeated parameters
lists     what lists of speeches, places and passages understand
citing    what is asked about quoting a speech
texts     what pages of one or two texts understand
several   what pages of three and more texts understand
seen      forms of what somebody else may save meanwhile
editing   what editors send
names     speakers and occasions, and other names
revising  what they send when they change a text or its outline
"""

from archive.forms.citing import CiteForm, WordsForm
from archive.forms.editing import FOLLOWING, METADATA, REVIEWED, ReviewForm, SpeechForm
from archive.forms.fields import SAID, NumberField, PartialDateField
from archive.forms.lists import (
    BrowseForm,
    ChronicleForm,
    ComposeForm,
    ConcordanceForm,
    DatedForm,
    LedgerForm,
    ListForm,
    PagedForm,
    SearchForm,
    SharedForm,
    TrendsForm,
)
from archive.forms.names import AliasForm, AliasFormSet, NameForm
from archive.forms.revising import LONGEST_TEXT, RestoreForm, StructureForm, TextForm, VersionsForm, written
from archive.forms.several import SeveralForm
from archive.forms.texts import CompareForm, MarkForm, QuoteForm

__all__ = [
    "FOLLOWING",
    "LONGEST_TEXT",
    "METADATA",
    "REVIEWED",
    "SAID",
    "AliasForm",
    "AliasFormSet",
    "BrowseForm",
    "ChronicleForm",
    "CiteForm",
    "CompareForm",
    "ComposeForm",
    "ConcordanceForm",
    "DatedForm",
    "LedgerForm",
    "ListForm",
    "MarkForm",
    "NameForm",
    "NumberField",
    "PagedForm",
    "PartialDateField",
    "QuoteForm",
    "RestoreForm",
    "ReviewForm",
    "SearchForm",
    "SeveralForm",
    "SharedForm",
    "SpeechForm",
    "StructureForm",
    "TextForm",
    "TrendsForm",
    "VersionsForm",
    "WordsForm",
    "written",
]
