"""The schemas that what we export has to be valid under; see NOTICE.md for whose they are."""

from __future__ import annotations

import gzip
import io
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree


def _unpacked(name: str) -> bytes:
    return gzip.decompress((Path(__file__).parent / f"{name}.gz").read_bytes())


class _Beside(etree.Resolver):  # type: ignore[misc]  # lxml carries no types
    """What a schema imports is the file beside it, never the network."""

    def resolve(self, url: str, public: str, context: Any) -> Any:
        return self.resolve_string(_unpacked(url.rpartition("/")[2]), context)


@cache
def _akoma() -> Any:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Beside())
    return etree.XMLSchema(etree.fromstring(_unpacked("akomantoso30.xsd"), parser))


@cache
def _parla() -> Any:
    return etree.DTD(io.BytesIO(_unpacked("parla-clarin.dtd")))


def faults_of_akoma(data: bytes) -> list[str]:
    """What is wrong with a document under the schema of Akoma Ntoso 3.0."""
    schema = _akoma()
    schema.validate(etree.fromstring(data))
    return [f"{error.line}: {error.message}" for error in schema.error_log]


def faults_of_tei(data: bytes) -> list[str]:
    """What is wrong with a document under the DTD of Parla-CLARIN."""
    dtd = _parla()
    dtd.validate(etree.fromstring(data))
    return [f"{error.line}: {error.message}" for error in dtd.error_log]
