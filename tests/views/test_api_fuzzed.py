"""Schemathesis at every address that the OpenAPI document describes: with what it allows, and with what it forbids.

Of its checks all hold for data that the document forbids. Some rules are no matter of a schema (a query of stop words,
dates in the wrong order, a paragraph that a speech does not have): there, what it allows may be refused as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import positive_data_acceptance

from archive.importing import import_bytes
from archive.models import Speaker, Speech
from archive.views import openapi
from archive.views.described import Operation
from archive.views.operations import OPERATIONS

pytestmark = pytest.mark.django_db
EXAMPLES = 8  # of each kind, an address
RULED = {"q", "text", "from", "a", "s", "start", "p"}  # parameters with rules that no schema can say
PLAIN = {"Accept-Encoding": "identity"}
load_all_checks()


@pytest.fixture
def schema(index_path: Any, build_index: Callable[[], Any], settings: Any) -> Any:
    """The document of an archive with two speeches, beside the archive itself."""
    settings.ALLOWED_HOSTS = ["localhost"]
    for file in sorted((settings.BASE_DIR / "seeds").glob("*.txt"))[:2]:
        import_bytes(file.read_bytes(), file.name)
    Speech.objects.update(speaker=Speaker.objects.create(name="张三"), date="2022-11-20")
    build_index()
    return schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())


@pytest.mark.parametrize("group", sorted({each.group for each in OPERATIONS}))
def test_schemathesis_finds_nothing_wrong(schema: Any, group: str) -> None:
    for one in (each for each in OPERATIONS if each.group == group):
        for mode in GenerationMode:
            attack(schema, one, mode)


def attack(schema: Any, one: Operation, mode: GenerationMode) -> None:
    described = schema[openapi.routes()[one.name]]["GET"]
    if mode is GenerationMode.NEGATIVE and not (one.takes or openapi.placed(one)):
        return  # nothing can be wrong with it
    loose = mode is GenerationMode.POSITIVE and not RULED.isdisjoint(one.takes)

    @bounded(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=described.as_strategy(generation_mode=mode))
    def every_case_passes(case: Any) -> None:
        # Schemathesis asks for gzip, but does not unpack what an application in its own process answers.
        case.call_and_validate(headers=PLAIN, excluded_checks=[positive_data_acceptance] if loose else [])

    every_case_passes()


def test_what_is_described_wrongly_is_found(schema: Any) -> None:
    schema.raw_schema["components"]["schemas"]["Listed"]["properties"]["title"] = {"type": "integer"}
    broken = schemathesis.openapi.from_dict(schema.raw_schema)
    broken.app = schema.app
    (one,) = (each for each in OPERATIONS if each.name == "speeches-json")
    with pytest.raises(schemathesis.core.failures.FailureGroup, match="violates schema"):
        attack(broken, one, GenerationMode.POSITIVE)


@pytest.mark.parametrize("path", ["/compare/", "/compare.json", "/compare.csv"])
def test_sides_beside_several_speeches_mean_nothing_and_break_nothing(client: Client, path: str) -> None:
    assert client.get(f"{path}?s=1&s=2&s=3&b=4&b=5").status_code in (400, 404)
    assert client.get(f"{path}?s=x&b=4&b=5").status_code == 400


def test_a_list_of_values_is_counted_as_it_was_sent(client: Client) -> None:
    assert client.get("/speeches.json", {"year": ["2022"] * 50}).status_code == 200
    response = client.get("/speeches.json", {"year": ["2022"] * 51})
    assert (response.status_code, response.json()["error"]["field"]) == (400, "year")
