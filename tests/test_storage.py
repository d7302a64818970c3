"""Pages do not depend on collectstatic having run."""

import re

import pytest
from django.core.files.base import ContentFile

from archive.storage import StaticFilesStorage


@pytest.fixture
def storage(tmp_path) -> StaticFilesStorage:
    return StaticFilesStorage(location=str(tmp_path), base_url="/static/")


def test_a_file_that_was_not_collected_keeps_its_own_name(storage: StaticFilesStorage) -> None:
    assert storage.url("css/base.css") == "/static/css/base.css"


def test_a_collected_file_is_served_under_a_name_with_its_hash(storage: StaticFilesStorage) -> None:
    storage._save("a.css", ContentFile(b"p{}"))
    assert re.fullmatch(r"/static/a\.[0-9a-f]{12}\.css", storage.url("a.css"))
