"""The English catalogue is whole: every sentence of code and templates is in it, and the compiled one is the same.

Sentences are found by parsing, not by a tool of the system: in Python calls of gettext and its kin, in templates
what Django's own parser makes of translate and blocktranslate.
"""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.template import Engine
from django.template.base import Node, Template, Variable
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "archive/locale/en/LC_MESSAGES"
PLACE = re.compile(r"%\((\w+)\)|(%[sdg]|%\.\d[fg])|(\{\w*\})")
SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
CONTEXT = {"pgettext", "pgettext_lazy"}
PLURAL = {"ngettext", "ngettext_lazy"}

Entry = tuple[str, str, str]  # context, msgid, msgid of the plural ("" for none)


def entries(po: str) -> Iterator[tuple[Entry, list[str], bool]]:
    """What a .po file says: the entry, its translations, and whether it is fuzzy."""
    for block in po.split("\n\n"):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if match := re.match(r'(msg\w+(?:\[\d\])?) (".*")$', line):
                name = match[1]
                fields[name] = ast.literal_eval(match[2])
            elif line.startswith('"'):
                fields[name] += ast.literal_eval(line)
        if "msgid" in fields:
            said = [value for key, value in fields.items() if key.startswith("msgstr")]
            key = (fields.get("msgctxt", ""), fields["msgid"], fields.get("msgid_plural", ""))
            yield key, said, bool(re.search(r"^#,.*\bfuzzy", block, re.M))


PO = (FOLDER / "django.po").read_text("utf-8")
CATALOGUE = {entry: said for entry, said, _fuzzy in entries(PO) if entry[1]}


def in_python(path: Path) -> Iterator[Entry]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        said = [each.value for each in node.args[:2] if isinstance(each, ast.Constant)]
        if not said or not isinstance(said[0], str):
            continue
        if name in SINGLE and not said[0].isascii():
            yield "", said[0], ""
        elif name in PLURAL:
            yield "", said[0], str(said[1])
        elif name in CONTEXT:
            yield said[0], str(said[1]), ""


def nodes(template: Template) -> Iterator[Node]:
    waiting: list[Node] = list(template.nodelist)
    while waiting:
        node = waiting.pop()
        yield node
        for name in ("nodelist", "nodelist_true", "nodelist_false", "nodelist_loop", "nodelist_empty"):
            waiting += getattr(node, name, None) or []
        for _condition, inner in getattr(node, "conditions_nodelists", ()):
            waiting += inner


def in_template(path: Path) -> Iterator[Entry]:
    template = Template(path.read_text("utf-8"), engine=Engine.get_default())
    for node in nodes(template):
        if isinstance(node, TranslateNode):
            context = node.message_context.var if node.message_context else ""
            said = node.filter_expression.var
            yield str(context), said.literal if isinstance(said, Variable) else said, ""
        elif isinstance(node, BlockTranslateNode):
            single, _names = node.render_token_list(node.singular)
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            yield "", *(translate_trimmed(node, each) for each in (single, plural))


def translate_trimmed(node: BlockTranslateNode, said: str) -> str:
    return " ".join(line.strip() for line in said.strip().splitlines()) if node.trimmed else said


def used() -> set[Entry]:
    code = [path for path in (ROOT / "archive").rglob("*.py") if "migrations" not in path.parts]
    found = {entry for path in code for entry in in_python(path)}
    templates = [
        path for path in (ROOT / "templates").rglob("*.*") if path.suffix in (".html", ".txt", ".xml")
    ]
    return found | {entry for path in templates for entry in in_template(path)}


def unescaped(entry: Entry) -> Entry:
    """The same where a template writes % and the catalogue %%."""
    context, single, plural = (each.replace("%%", "%") for each in entry)
    return context, single, plural


def test_every_sentence_has_its_english_and_none_is_left_over() -> None:
    found, known = ({unescaped(entry) for entry in each} for each in (used(), CATALOGUE))
    assert sorted(found - known) == [], "run `make messages` and translate what is new"
    assert sorted(known - found) == [], "run `make messages`"


def test_every_translation_fills_in_what_the_sentence_does() -> None:
    for (_context, single, plural), said in CATALOGUE.items():
        wanted = places(plural or single)
        assert len(said) == (2 if plural else 1), single
        assert all(said), f"not translated: {single}"
        assert places(said[-1]) == wanted, single
        assert places(said[0]) <= wanted, single


def places(said: str) -> set[str]:
    return {"".join(match.groups(default="")) for match in PLACE.finditer(said)}


def test_nothing_is_only_guessed() -> None:
    assert [entry for entry, _said, fuzzy in entries(PO) if fuzzy] == []


def test_the_compiled_catalogue_says_the_same() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for (context, single, plural), said in CATALOGUE.items():
        if plural:
            assert [compiled.ngettext(single, plural, n) for n in (1, 2)] == said
        else:
            assert (compiled.pgettext(context, single) if context else compiled.gettext(single)) == said[0]
    assert len(compiled._catalog) == 1 + sum(len(said) for said in CATALOGUE.values())


def test_english_is_written_without_chinese_but_for_what_must_be_typed() -> None:
    examples = {"编号", "版本", "是", "否"}
    for (_context, single, _plural), said in CATALOGUE.items():
        for each in said:
            left = set(re.findall("[一-鿿]+", each)) - examples
            assert not left or left & set(re.findall("[一-鿿]+", single)), each


@pytest.mark.parametrize("room", ["conf", "contrib/admin", "contrib/auth"])
def test_what_django_says_to_editors_is_chinese(room: str) -> None:
    po = Path(django.__file__).parent / room / "locale/en/LC_MESSAGES/django.po"
    said = [entry for entry, _translated, _fuzzy in entries(po.read_text("utf-8")) if entry[1]]
    with translation.override("zh-hans"):
        english = [
            words
            for context, words, _plural in said
            if words == (translation.pgettext(context, words) if context else translation.gettext(words))
        ]
    assert len(said) > 30
    assert [words for words in english if re.search("[a-z]{3}", PLACE.sub("", words))] == []
