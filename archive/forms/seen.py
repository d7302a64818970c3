"""Forms of rows that somebody else may save meanwhile: nothing is written over unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.forms.fields import SAID, SeenField


class SeenForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """``seen`` tells what the row was when the form was opened. Who comes too late keeps what they typed, sees what
    is there now, and the next save counts.

    ``SHOWN`` are the fields that are told apart, ``LATE`` says above all of them why nothing was saved.
    """

    SHOWN: tuple[str, ...] = ()
    LATE: Any = _(
        "您打开这一页以后，别人改动了这里，所以没有保存。您填的都还在，与库中不同的几项已标出；"
        "核对后再保存，就以您填的为准。"
    )

    seen = SeenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not isinstance(field, SeenField):
                field.error_messages |= SAID
        self.stored = self.stored_values()
        self._now = digest_of(self.stored)
        self.fields["seen"].required = is_kept = not self.instance._state.adding
        self.fields["seen"].initial = self._now if is_kept else ""
        self.is_late = is_kept and self.is_bound and self.data.get(self.add_prefix("seen")) != self._now

    def stored_values(self) -> dict[str, Any]:
        """What the form shows of the row, as its fields clean to."""
        return {name: getattr(self.instance, name) for name in self.SHOWN}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "seen" in self.errors:
            self.add_error(None, self.errors["seen"][0])
        if not self.is_late or "seen" in self.errors:
            return cleaned
        self.data = {**self.data.dict(), self.add_prefix("seen"): self._now}  # type: ignore[attr-defined]
        late = [name for name, value in self.stored.items() if name in cleaned and cleaned[name] != value]
        for name in late:
            self.add_error(name, _is_now(self.stored[name]))
        if late:
            self.add_error(None, self.LATE)
        return cleaned


def digest_of(values: Mapping[str, Any]) -> str:
    """Differs when any of the values does."""
    told = repr([getattr(value, "pk", value) for value in values.values()])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _is_now(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("库中现在是：已发布。") if value else gettext("库中现在是：未发布。")
    return gettext("库中现在是“%(value)s”。") % {"value": value} if value else gettext("库中现在是空的。")
