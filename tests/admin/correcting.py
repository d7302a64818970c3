"""An editor's hands on the pages of editing."""

from __future__ import annotations

import json

from django.test import Client

from archive import importing
from archive.forms import METADATA, SpeechForm
from archive.importing import import_bytes
from archive.models import Speech
from archive.parsing import Decision

TEXT = (
    "在机关党建工作会议上的讲话\n同志们：\n一、提高站位\n我们要加强学习。\n（一）学在前\n要先学一步。\n"
    "二、压实责任\n我们要抓好落实。\n谢谢大家！\n"
)


def imported() -> Speech:
    speech = import_bytes(TEXT.encode(), "a.txt").speech
    assert speech is not None
    return Speech.objects.get(pk=speech.pk)


def at(speech: Speech, place: str) -> str:
    return f"/admin/archive/speech/{speech.pk}/{place}"


def now(speech: Speech) -> Speech:
    return Speech.objects.get(pk=speech.pk)


def send(editor: Client, speech: Speech, text: str, action: str = "save", seen: str = ""):
    data = {"text": text, "action": action, "seen": seen or importing.state_of(now(speech))}
    return editor.post(at(speech, "text/"), data)


def form_of(speech: Speech) -> dict[str, str]:
    """What the form of a speech's metadata sends when nothing is changed in it."""
    form = SpeechForm(instance=now(speech))
    values = {name: form[name].value() for name in (*METADATA, "date_iso", "seen")}
    published = {"published": "on"} if values.pop("published") else {}
    management = {f"sections-{key}": "0" for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {**management, **published, **{name: value or "" for name, value in values.items()}}


def opened(editor: Client, address: str) -> dict[str, str]:
    """What a form of the admin sends when nothing is changed in it."""
    context = editor.get(address).context
    formsets = [each.formset for each in context["inline_admin_formsets"]]
    forms = [context["adminform"].form]
    forms += [form for formset in formsets for form in (formset.management_form, *formset.forms)]
    shown = {form[name].html_name: form[name].value() for form in forms for name in form.fields}
    return {name: str(value) for name, value in shown.items() if value is not None and value is not False}


def headings(speech: Speech) -> list[tuple[int, str]]:
    return [(s.depth, f"{s.num}{s.heading}") for s in speech.sections.all() if s.heading]


def press(editor: Client, speech: Speech, decisions: list[Decision] | str = "[]", **data: str):
    shown = decisions if isinstance(decisions, str) else json.dumps([as_sent(each) for each in decisions])
    form = {"decisions": shown, "seen": importing.state_of(now(speech)), **data}
    return editor.post(at(speech, "structure/"), form)


def as_sent(decision: Decision) -> dict[str, object]:
    return {"line": decision.line, "level": decision.level, "nth": decision.nth}


def line(response, words: str) -> int:
    return next(each.index for each in response.context["lines"] if words in each.text)
