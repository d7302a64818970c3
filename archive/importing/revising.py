"""Changing a speech that is in the archive: its text, its outline, what is known about it. Nothing is lost.

What the speech was is kept as a Revision in the transaction that changes it. ``propose`` writes nothing and
says what a change would do; ``revise`` makes it; ``restore`` makes a former version the present one again,
which is a change like any other. What an editor has said of a speech stays said, whatever its text becomes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from archive import parsing
from archive.importing.anchoring import Numbering, anchors_of, number
from archive.importing.describing import NAMED, Metadata, describe, named
from archive.importing.outlining import write
from archive.importing.preparing import Refused, digest_of
from archive.models import Alias, Revision, Speech
from archive.parsing import Decision, Outline
from archive.text import Note, clean

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PLAIN = ("title", "title_source", "subtitle", "role", "date_iso", "venue", "kind")
Reason = Revision.Reason


class Duplicate(Refused):
    """The text would be that of another speech, ``twin``."""

    def __init__(self, twin: Speech) -> None:
        super().__init__("duplicate", _("与《%s》文字完全相同，没有保存。") % twin.title)
        self.twin = twin


@dataclass(frozen=True, slots=True)
class Proposal:
    """A speech as it would be: its outline, what is odd about it, and what becomes of the links to it."""

    outline: Outline
    notes: tuple[Note, ...]
    decisions: tuple[Decision, ...]
    numbering: Numbering


def facts_of(speech: Speech) -> dict[str, Any]:
    """What is known about a speech, by name; ``edited`` are the fields that are an editor's word."""
    named_by = {name: row.name if (row := getattr(speech, name)) else "" for name in NAMED}
    return {**{name: getattr(speech, name) for name in PLAIN}, **named_by, "edited": list(speech.edited)}


def decisions_of(speech: Speech) -> tuple[Decision, ...]:
    return tuple(Decision(**decision) for decision in speech.decisions)


def state_of(speech: Speech) -> str:
    """Differs when text or decisions do: whoever opened a form can tell whether it still holds."""
    told = json.dumps([speech.digest, speech.decisions], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def version_of(speech: Speech) -> int:
    """The number of the present version; the first is 1."""
    last = Revision.objects.filter(speech=speech).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def former(speech: Speech, reason: str, user: User | None, number: int | None = None) -> Revision:
    """A speech as it was fetched, as the version to keep; not saved yet."""
    return Revision(
        speech=speech,
        number=number or version_of(speech),
        reason=reason,
        user=user if user and user.pk else None,
        text=speech.text,
        decisions=list(speech.decisions),
        facts=facts_of(speech),
        source_id=speech.source_id,
    )


def keep(speech: Speech, user: User | None = None) -> Revision | None:
    """Keep what the database knows of a speech whose metadata is about to be saved, if it knows otherwise.

    To be called in the transaction that saves it.
    """
    stored = Speech.objects.select_for_update().get(pk=speech.pk)
    if facts_of(stored) == facts_of(speech):
        return None
    revision = former(stored, Reason.METADATA, user)
    revision.save()
    return revision


def keep_all(speeches: Sequence[Speech], user: User | None = None) -> None:
    """Keep each of several speeches as it was fetched: what is known about them is about to be changed together.

    To be called in the transaction that changes them.
    """
    last = Revision.objects.filter(speech__in=speeches).values_list("speech").annotate(last=Max("number"))
    numbers = dict(last.order_by())
    Revision.objects.bulk_create(
        former(each, Reason.METADATA, user, numbers.get(each.pk, 0) + 1) for each in speeches
    )


def propose(
    speech: Speech, *, text: str | None = None, decisions: Sequence[Decision] | None = None
) -> Proposal:
    """What a speech would be with another text or other decisions. Raises Refused when it would be none."""
    cleaned = clean(speech.text if text is None else text)
    megabytes = settings.ARCHIVE_MAX_UPLOAD_MB
    if len(cleaned.text.encode()) > megabytes * 2**20:
        raise Refused("too_large", _("正文超过 %(n)d MB 的上限，请拆成几篇。") % {"n": megabytes})
    decided = decisions_of(speech) if decisions is None else tuple(decisions)
    name = speech.source.name if speech.source else ""
    outline = parsing.parse(cleaned.text, name=name, today=timezone.localdate(), decisions=decided)
    for problem in parsing.problems(outline):
        raise Refused(problem.code, problem.message)
    twin = Speech.objects.exclude(pk=speech.pk).filter(digest=digest_of(outline.text)).first()
    if twin is not None:
        raise Duplicate(twin)
    numbering = number(outline, anchors_of(speech))
    return Proposal(outline, (*cleaned.notes, *outline.notes), decided, numbering)


def revise(
    speech: Speech,
    *,
    text: str | None = None,
    decisions: Sequence[Decision] | None = None,
    user: User | None = None,
    seen: str | None = None,
) -> Revision | None:
    """Change text or decisions; what the speech was, or None when that is what it is already.

    ``seen`` is the ``state_of`` the speech that the editor has looked at. Raises Refused, also when the speech
    is not that any more.
    """
    with transaction.atomic():
        stored = _locked(speech, seen)
        found = propose(stored, text=text, decisions=decisions)
        changed = found.outline.text != stored.text
        if not changed and _plain(found.decisions) == stored.decisions:
            return None
        revision = former(stored, Reason.TEXT if changed else Reason.STRUCTURE, user)
        describe(stored, found.outline, found.notes, Metadata())
        stored.decisions = _plain(found.decisions)
        if changed:
            stored.edited = sorted({*stored.edited, "text"})
        write(stored, found.outline, revision)
    return revision


def restore(revision: Revision, *, user: User | None = None, seen: str | None = None) -> Revision | None:
    """Make a former version the present one; what the speech was until now, or None when it is the same.

    The text is then the editor's word, and no file that comes in from its old place replaces it. Whether readers
    see the speech does not change. Raises Refused.
    """
    with transaction.atomic():
        stored = _locked(revision.speech, seen)
        if is_present(revision, stored):
            return None
        kept = former(stored, Reason.RESTORE, user)
        found = propose_restoring(revision, stored)
        describe(stored, found.outline, found.notes, Metadata())
        _set_facts(stored, revision.facts)
        stored.decisions, stored.source_id = _plain(found.decisions), revision.source_id
        stored.edited = sorted({*stored.edited, "text"})
        write(stored, found.outline, kept)
    return kept


def propose_restoring(revision: Revision, speech: Speech) -> Proposal:
    """What restoring would make of the speech. Raises Refused."""
    return propose(speech, text=revision.text, decisions=[Decision(**each) for each in revision.decisions])


def is_present(revision: Revision, speech: Speech) -> bool:
    """Whether restoring would change nothing."""
    if (speech.text, speech.decisions) != (revision.text, revision.decisions):
        return False
    now = facts_of(speech)
    return all(
        now[name] == value for name, value in facts_in(revision).items() if name in now and name != "edited"
    )


def facts_in(revision: Revision) -> dict[str, Any]:
    """What was known then, under the names of today: whose name has become an alias is who has it now."""
    name = revision.facts.get("speaker", "")
    alias = Alias.objects.filter(name=name).select_related("speaker").first() if name else None
    return {**revision.facts, "speaker": alias.speaker.name} if alias else dict(revision.facts)


def _locked(speech: Speech, seen: str | None) -> Speech:
    stored = (
        Speech.objects.select_for_update(of=("self",)).select_related("speaker", "event").get(pk=speech.pk)
    )
    if seen is not None and seen != state_of(stored):
        raise Refused(
            "changed_meanwhile", _("您打开这一页以后，这篇讲话已被改动，所以没有保存。请核对后再试。")
        )
    return stored


def _plain(decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    return [asdict(decision) for decision in decisions]


def _set_facts(speech: Speech, facts: Mapping[str, Any]) -> None:
    for name in (*PLAIN, "edited"):
        if name in facts:
            setattr(speech, name, facts[name])
    for name, model in NAMED.items():
        if name in facts:
            setattr(speech, name, named(model, facts[name]))
