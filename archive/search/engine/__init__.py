"""The embedded engine: everything that knows Whoosh (2.7.4). The rest of the room sees Store and View.

fields    what is kept of a speech, as Whoosh fields
disk      files that survive a power cut, and how to see that one has changed
record    what a commit consists of, hashed
folder    generations on disk: which one is current, who may write
writing   a commit, step by step
store     one process's hold on the index: reading (View) and writing
view      one state of the index, read fast
vocabulary  the titles, names and words of a view, sorted, for suggestions
backend   Haystack's door: SpeechEngine, so that its commands work
"""

from archive.search.engine.backend import SpeechEngine
from archive.search.engine.folder import LOCK_WAIT
from archive.search.engine.store import Store, documents, open_store, segments
from archive.search.engine.view import Entry, Heads, View
from archive.search.engine.writing import QUICK, THOROUGH, USUAL, Merge

__all__ = [
    "LOCK_WAIT",
    "QUICK",
    "THOROUGH",
    "USUAL",
    "Entry",
    "Heads",
    "Merge",
    "SpeechEngine",
    "Store",
    "View",
    "documents",
    "open_store",
    "segments",
]
