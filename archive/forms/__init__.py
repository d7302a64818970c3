"""What people may send: every parameter and field passes through a form before anything else sees it.

fields    dates, numbers, repeated parameters
lists     what lists of speeches, places and passages understand
texts     what pages of one or two texts understand
several   what pages of three and more texts understand
editing   what editors send
"""

from archive.forms.editing import FOLLOWING, METADATA, REVIEWED, ReviewForm, SpeechForm
from archive.forms.fields import NumberField, PartialDateField
from archive.forms.lists import (
    BrowseForm,
    ComposeForm,
    ConcordanceForm,
    LedgerForm,
    ListForm,
    SearchForm,
    SharedForm,
    TrendsForm,
)
from archive.forms.several import SeveralForm
from archive.forms.texts import CompareForm, MarkForm, QuoteForm

__all__ = [
    "FOLLOWING",
    "METADATA",
    "REVIEWED",
    "BrowseForm",
    "CompareForm",
    "ComposeForm",
    "ConcordanceForm",
    "LedgerForm",
    "ListForm",
    "MarkForm",
    "NumberField",
    "PartialDateField",
    "QuoteForm",
    "ReviewForm",
    "SearchForm",
    "SeveralForm",
    "SharedForm",
    "SpeechForm",
    "TrendsForm",
]
