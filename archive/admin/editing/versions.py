"""What a speech was: its versions, any two compared, one brought back."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from archive import importing
from archive.admin.editing import pages
from archive.admin.editing.effects import (
    SHOWN,
    difference,
    effects,
    facts_changed,
    headings_of,
    levels_changed,
)
from archive.forms import RestoreForm, VersionsForm
from archive.importing import Refused
from archive.models import Revision, Speech
from archive.parsing import Decision, Outline, parse

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

PAGE = 50  # versions


@dataclass(frozen=True, slots=True)
class Version:
    """A version as the list shows it: how and when it came to be, and how much longer it is than the one before."""

    number: int
    present: bool
    since: datetime.datetime
    reason: str
    user: str
    characters: int
    change: int | None


@require_safe
def versions(request: HttpRequest, pk: int, model_admin: ModelAdmin[Speech]) -> HttpResponse:
    """All versions, the present one first."""
    speech = pages.viewable(request, pk, model_admin)
    listed = _listed(speech)
    paginator = Paginator(listed, PAGE)
    shown = paginator.get_page(request.GET.get("page"))
    context = {"title": _("版本"), "shown": shown, "only": len(listed) == 1, "paginator": paginator}
    return pages.render(request, model_admin, speech, "versions", context)


def _listed(speech: Speech) -> list[Version]:
    rows = list(
        Revision.objects.filter(speech=speech)
        .order_by("number")
        .annotate(length=Length("text"))
        .values_list("number", "reason", "user__username", "replaced_at", "length")
    )
    lengths = [*(row[4] for row in rows), speech.characters]
    found = [Version(rows[0][0] if rows else 1, not rows, speech.created_at, _("入库"), "", lengths[0], None)]
    for at, (number, reason, user, replaced_at, _length) in enumerate(rows):
        label = str(Revision.Reason(reason).label) if reason in Revision.Reason.values else reason
        last = at + 1 == len(rows)
        grown = lengths[at + 1] - lengths[at]
        found.append(Version(number + 1, last, replaced_at, label, user or "", lengths[at + 1], grown))
    return found[::-1]


@require_safe
def version(request: HttpRequest, pk: int, number: int, model_admin: ModelAdmin[Speech]) -> HttpResponse:
    """One former version, to look at."""
    speech = pages.viewable(request, pk, model_admin)
    revision = _revision(speech, number)
    context = {
        "title": _("第 %d 版") % number,
        "revision": revision,
        "present": importing.version_of(speech),
        "facts": facts_changed({}, revision.facts),
        "differs": not importing.is_present(revision, speech),
        "headings": headings_of(_outline(revision.text, revision.decisions)),
    }
    return pages.render(request, model_admin, speech, "version", context)


def _revision(speech: Speech, number: int) -> Revision:
    revision = speech.revisions.filter(number=number).select_related("source").defer("source__content")
    found = revision.first() if number < 2**31 else None
    if found is None:
        raise Http404(_("没有这一版。"))
    return found


@require_safe
def compare(request: HttpRequest, pk: int, model_admin: ModelAdmin[Speech]) -> HttpResponse:
    """What changed between two versions, the older one first whichever was named first."""
    speech = pages.viewable(request, pk, model_admin)
    form = VersionsForm(request.GET)
    present = importing.version_of(speech)
    if not form.is_valid():
        wrong = next(iter(form.errors.values()))[0]
        return pages.render(request, model_admin, speech, "compare", _compared(wrong=wrong), status=400)
    older, newer = sorted((form.cleaned_data["a"], form.cleaned_data["b"]))
    found = [_version(speech, number, present) for number in (older, newer)]
    if found[0] is None or found[1] is None:
        wrong = _("没有这一版。现在共有 %d 版。") % present
        return pages.render(request, model_admin, speech, "compare", _compared(wrong=wrong), status=400)
    (text_a, facts_a, decisions_a), (text_b, facts_b, decisions_b) = found[0], found[1]
    context = _compared(
        older=older,
        newer=newer,
        present=present,
        difference=difference(text_a, text_b),
        facts=facts_changed(facts_a, facts_b),
        **_levels(_outline(text_a, decisions_a), _outline(text_b, decisions_b)),
    )
    return pages.render(request, model_admin, speech, "compare", context)


def _compared(**context: Any) -> dict[str, Any]:
    return {"title": _("对比两版"), **context}


def _outline(text: str, decisions: list[dict[str, Any]]) -> Outline:
    return parse(text, decisions=[Decision(**each) for each in decisions])


def _levels(before: Outline, after: Outline) -> dict[str, Any]:
    changed = levels_changed(before, after)
    return {"levels": changed[:SHOWN], "levels_more": len(changed[SHOWN:])}


def _version(speech: Speech, number: int, present: int) -> tuple[str, dict[str, Any], Any] | None:
    """Text, facts and decisions of a version; None when there is none of that number."""
    if number == present:
        return speech.text, importing.facts_of(speech), speech.decisions
    revision = speech.revisions.filter(number=number).first()
    return (revision.text, revision.facts, revision.decisions) if revision else None


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, pk: int, number: int, model_admin: ModelAdmin[Speech]) -> HttpResponse:
    """Show what restoring would change, and restore when that is confirmed."""
    speech = pages.changeable(request, pk, model_admin)
    revision = _revision(speech, number)
    wrong: Any = ""
    status = 200
    if request.method == "POST":
        form = RestoreForm(request.POST)
        try:
            if form.is_valid():
                return _restored(request, model_admin, speech, revision, form.cleaned_data["seen"])
            wrong, status = form.errors["seen"][0], 400
        except Refused as refused:
            wrong, status = pages.sentence(refused), 409 if refused.code == "changed_meanwhile" else 400
            speech = pages.changeable(request, pk, model_admin)
    context = {
        "title": _("恢复第 %d 版") % number,
        "revision": revision,
        "present": importing.version_of(speech),
        "refused": wrong,
        "seen": importing.state_of(speech),
        "nothing": importing.is_present(revision, speech),
        **_foreseen(speech, revision),
    }
    return pages.render(request, model_admin, speech, "restore", context, status)


def _foreseen(speech: Speech, revision: Revision) -> dict[str, Any]:
    try:
        proposal = importing.propose_restoring(revision, speech)
    except Refused as refused:
        return {"impossible": pages.sentence(refused)}
    facts = facts_changed(importing.facts_of(speech), importing.facts_in(revision))
    levels = _levels(_outline(speech.text, speech.decisions), proposal.outline)
    return {"preview": {**effects(speech, proposal), "facts": facts}, **levels}


def _restored(
    request: HttpRequest, model_admin: ModelAdmin[Speech], speech: Speech, revision: Revision, seen: str
) -> HttpResponse:
    with transaction.atomic():
        kept = importing.restore(revision, user=request.user, seen=seen)  # type: ignore[arg-type]
        if kept:
            said = _("恢复了第 %(old)d 版（第 %(new)d 版）。")
            model_admin.log_change(request, speech, said % {"old": revision.number, "new": kept.number + 1})
    if kept:
        told = _("已恢复第 %(old)d 版，现在是第 %(new)d 版；原来的第 %(kept)d 版也留着。")
        numbers = {"old": revision.number, "new": kept.number + 1, "kept": kept.number}
        messages.success(request, told % numbers)
    else:
        messages.info(request, _("这一版与现在的完全相同，没有改动。"))
    return HttpResponseRedirect(reverse("admin:archive_speech_versions", args=[speech.pk]))
