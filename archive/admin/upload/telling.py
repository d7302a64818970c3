"""What the page tells of files that were not taken and of those that were saved.

Both are kept in the session: after the redirect, and after a reload, they are still there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.models import Speech

KEY = "archive_upload"
SAVED, DRAFTED, REPLACED, DUPLICATE, SKIPPED = "saved", "drafted", "replaced", "duplicate", "skipped"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken, with the sentence that says why and a ``code`` for the log.

    ``status`` is the answer's HTTP status, ``twin`` the speech in the archive that it repeats.
    """

    name: str
    message: str
    code: str
    status: int = 400
    twin: int | None = None

    @property
    def sentence(self) -> str | SafeString:
        speech = Speech.objects.for_lists().filter(pk=self.twin).first() if self.twin else None
        return duplicate_of(speech) if speech else self.message


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one reviewed file."""

    name: str
    outcome: str
    speech: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the summary."""

    sentence: str | SafeString
    outcome: str
    speech: Speech | None


@dataclass(frozen=True, slots=True)
class Summary:
    head: str
    lines: list[Told]


def remember(
    request: HttpRequest, refused: Iterable[Refusal] | None = None, done: Iterable[Done] | None = None
) -> None:
    """Keep what is to be told, in the place of what was told before."""
    kept = {
        name: [asdict(each) for each in found]
        for name, found in (("refused", refused), ("done", done))
        if found is not None
    }
    request.session[KEY] = {**request.session.get(KEY, {}), **kept}


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def refused(request: HttpRequest) -> list[Refusal]:
    return [Refusal(**each) for each in request.session.get(KEY, {}).get("refused", ())]


def summary(request: HttpRequest) -> Summary | None:
    """What the last save did; None when there is nothing to tell."""
    done = [Done(**each) for each in request.session.get(KEY, {}).get("done", ())]
    if not done:
        return None
    speeches = Speech.objects.for_lists().in_bulk([each.speech for each in done if each.speech])
    lines = [_told(each, speeches.get(each.speech or 0)) for each in done]
    return Summary(_head(Counter(each.outcome for each in done)), lines)


def _head(counts: Counter[str]) -> str:
    said = {
        _("已保存 %d 篇"): counts[SAVED] + counts[DRAFTED],
        _("替换 %d 篇"): counts[REPLACED],
        _("跳过 %d 篇"): counts[SKIPPED] + counts[DUPLICATE],
    }
    return "，".join(sentence % n for sentence, n in said.items() if n)


def _told(done: Done, speech: Speech | None) -> Told:
    sentences = {
        SAVED: _("已保存《{}》。"),
        DRAFTED: _("已存为草稿《{}》，读者还看不到。"),
        REPLACED: _("《{}》已换成新的文稿，原来的仍在修订历史里。"),
    }
    if done.outcome == SKIPPED:
        return Told(_("跳过“%s”，没有保存。") % done.name, done.outcome, None)
    if speech is None:
        return Told(_("“%s”的讲话已被删除。") % done.name, done.outcome, None)
    if done.outcome == DUPLICATE:
        return Told(duplicate_of(speech), done.outcome, speech)
    return Told(format_html(sentences[done.outcome], link_to(speech)), done.outcome, speech)


def duplicate_of(twin: Speech) -> SafeString:
    """The sentence that refuses a text the archive has, with a link to it."""
    return format_html(_("这份文稿已经入库：与《{}》文字完全相同，已跳过。"), link_to(twin))


def link_to(speech: Speech) -> SafeString:
    """A link to where an editor can see the speech: a draft has no page for readers."""
    url = speech.get_absolute_url()
    if not speech.published:
        url = reverse("admin:archive_speech_change", args=[speech.pk])
    return format_html('<a href="{}">{}</a>', url, speech.title)


def answer_status(refusals: list[Refusal]) -> int:
    return max(refusal.status for refusal in refusals)


def as_json_fits(request: HttpRequest) -> bool:
    """Whether the page's script asks, which wants one row and no page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
