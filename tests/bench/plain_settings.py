"""The plain stack, as the tutorials set it up: Haystack's stock Whoosh backend with jieba's ChineseAnalyzer."""

from archive.settings import *  # noqa: F403
from archive.settings import ARCHIVE_DATA_DIR, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench"]
HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "haystack.backends.whoosh_backend.WhooshEngine",
        "PATH": str(ARCHIVE_DATA_DIR / "plain"),
        "EXCLUDED_INDEXES": ["archive.search_indexes.SpeechIndex"],
    }
}
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"
