"""/compare/: two speeches beside each other, as two versions of one, or only what they share.

``VIEWS`` is the table of ways to see a pair: a new one is a line there, its name in ``CompareForm``, a function
from ``Pair`` to the template's context, and a template.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import conditional_page

from archive.forms import CompareForm
from archive.models import Speech
from archive.views import inline, matrix, sections, several, side, twins, unique
from archive.views.comparing import Pair, Settings, compared
from archive.views.errors import read_only, refusal
from archive.views.records import COLUMNS, record, rows
from archive.views.speeches import readable
from archive.views.strip import strip
from archive.views.tables import csv_whole

LIST_LIMIT = 200  # speeches in a native list; beyond, it is narrowed by words of the title
LETTER_LIMIT = (
    600_000  # characters of both texts together: three seconds of work, ten if they repeat themselves
)


@dataclass(frozen=True, slots=True)
class View:
    """A way to see a pair: what readers call it, its template, and what that is given.

    ``whole``: the template is a page of its own, which another view leads to.
    """

    label: str | Promise
    template: str
    build: Callable[[Pair], dict[str, Any]]
    whole: bool = False


VIEWS: dict[str, View] = {
    "side": View(gettext_lazy("并排"), "compare/_side.html", side.side_by_side),
    "common": View(gettext_lazy("仅相同"), "compare/_common.html", side.only_common),
    "matrix": View(gettext_lazy("章节"), "compare/_matrix.html", matrix.as_matrix),
    "sections": View(gettext_lazy("两节"), "compare/sections.html", sections.two_sections, whole=True),
    "unique": View(gettext_lazy("独有"), "compare/_unique.html", unique.only_own),
    "inline": View(gettext_lazy("合并"), "compare/_inline.html", inline.as_versions),
}


@read_only
@conditional_page
def page(request: HttpRequest) -> HttpResponse:
    if any(request.GET.getlist("s")):
        return several.page(request)
    form = CompareForm(request.GET)
    given = chosen(form)
    if not form.is_valid() or len(given) < 2 or given["a"] == given["b"]:
        return choose(request, form, given)
    pair = pair_of(given["a"], given["b"], form)
    view = VIEWS[form.shown_as]
    context = strip(pair, form, request.GET) | {
        "template": view.template,
        "views": [(name, each.label) for name, each in VIEWS.items() if not each.whole],
    }
    template = view.template if view.whole else "compare/page.html"
    return render(request, template, context | view.build(pair))


@read_only
@conditional_page
def twin(request: HttpRequest) -> HttpResponse:
    """The comparison as data. Without two different speeches there is none: the twin answers 400, naming the
    parameter, where the page answers 200 with the lists to choose from and a sentence that says what to do.
    """
    if any(request.GET.getlist("s")):
        return several.twin(request)
    form = CompareForm(request.GET)
    given = chosen(form)
    if wrong := mistake(form, given):
        return twins.refuse(*wrong)
    return twins.answer(record(pair_of(given["a"], given["b"], form)))


@read_only
@conditional_page
def table(request: HttpRequest) -> HttpResponse:
    """/compare.csv: every passage that the settings show, with its words on both sides."""
    if any(request.GET.getlist("s")):
        return several.table(request)
    form = CompareForm(request.GET)
    given = chosen(form)
    if wrong := mistake(form, given):
        return refusal(request, 400, wrong[1], field=wrong[0])
    pair = pair_of(given["a"], given["b"], form)
    if pair.found.limited:  # a file cannot say that it does not hold everything
        wrong = "min", _("共有的段落太多，一张表放不下。请把最短字数（min）调大再取。")
        return refusal(request, 400, wrong[1], field=wrong[0])
    return csv_whole("compare.csv", COLUMNS, rows(pair))


def mistake(form: CompareForm, given: dict[str, Speech]) -> tuple[str, str] | None:
    """Why there is nothing to take away: the parameter, and a sentence."""
    if not form.is_valid():
        field, messages = next(iter(form.errors.items()))
        return field, str(messages[0])
    if len(given) < 2:
        return "b" if "a" in given else "a", prompt(given)
    return ("b", prompt(given)) if given["a"] == given["b"] else None


def pair_of(a: Speech, b: Speech, form: CompareForm) -> Pair:
    """The two compared as the address asks."""
    outlines = (form.cleaned_data[name] for name in ("depth", "sa", "sb"))
    settings = Settings(form.min_letters, form.shows_near, form.formulas_are, *outlines)
    return Pair(a, b, compared(a, b, settings.min_letters), settings)


def chosen(form: CompareForm) -> dict[str, Speech]:
    """The speeches that the form names; 404 for one that readers cannot have."""
    form.full_clean()
    keys = {side: form.cleaned_data.get(side) for side in ("a", "b")}
    found = {
        side: readable(Speech.objects.with_outline(), key) for side, key in keys.items() if key is not None
    }
    two = len(set(found.values())) == 2  # a speech with itself is told so, however long it is
    if two and sum(len(speech.text) for speech in found.values()) > LETTER_LIMIT:
        form.add_error(
            "b", _("两篇合计超过 %(n)d 万字，无法即时对比，请选较短的讲话。") % {"n": LETTER_LIMIT // 10_000}
        )
    elif two:
        sections.check(form, found)
    return found


def prompt(given: dict[str, Speech]) -> str:
    """What the reader should do next."""
    if len(given) == 2:
        return _("两篇是同一篇讲话。请把其中一篇换成别的。")
    return _("请再选一篇。") if given else _("请选择两篇讲话。")


def choose(request: HttpRequest, form: CompareForm, given: dict[str, Speech]) -> HttpResponse:
    """The page with two lists to choose from, newest first, and what is wrong if something is."""
    speeches = Speech.objects.published().for_lists().newest()
    if words := form.cleaned_data.get("title"):
        speeches = speeches.filter(title__icontains=words)
    listed = list(speeches[: LIST_LIMIT + 1])
    context = {
        "form": form,
        "given": given,
        "prompt": "" if form.errors else prompt(given),
        "options": {side: offered(listed[:LIST_LIMIT], given.get(side)) for side in ("a", "b")},
        "too_many": len(listed) > LIST_LIMIT,
        "words": words,
        "limit": LIST_LIMIT,
    }
    return render(request, "compare/choose.html", context, status=400 if form.errors else 200)


def offered(listed: list[Speech], speech: Speech | None) -> list[Speech]:
    return listed if speech is None or speech in listed else [speech, *listed]
