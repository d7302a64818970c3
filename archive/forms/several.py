"""What the pages of three and more speeches at once understand."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.forms.fields import NumberField
from archive.forms.texts import CompareForm


class ManyNumbers(forms.Field):
    """Every value of a repeated parameter as a number, in order, repeats too; empty ones are passed over."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> tuple[int, ...]:
        given = [str(each).strip() for each in value or ()]
        if not all(re.fullmatch(r"[0-9]{1,100}|", each) for each in given):
            raise forms.ValidationError(
                CompareForm.base_fields["a"].error_messages["invalid"], code="invalid"
            )
        return tuple(int(each) for each in given if each)


class SeveralForm(CompareForm):
    """/compare/?s=…&s=…&s=…: one of the speeches is the ``base``, the first if none is named.

    What is nearly the same is looked for on demand only: it takes as long as comparing every pair.
    """

    MOST = 12  # speeches
    _base = _("基准须是所选讲话中的一篇。")

    a = b = view = formulas = depth = sa = sb = None  # type: ignore[assignment]
    s = ManyNumbers(required=False)
    base = NumberField(required=False, error_messages=CompareForm.base_fields["a"].error_messages)

    given: tuple[int, ...] = ()

    @property
    def keys(self) -> tuple[int, ...]:
        """The speeches asked for, each once, in order; also when they are too many."""
        return tuple(dict.fromkeys(self.given))

    @property
    def repeated(self) -> tuple[int, ...]:
        """Those asked for more than once."""
        return tuple(key for key in self.keys if self.given.count(key) > 1)

    @property
    def base_key(self) -> int:
        return self.cleaned_data["base"] or self.keys[0]

    @property
    def shows_near(self) -> bool:
        return bool(self.cleaned_data["near"] == "on")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        self.given = found.get("s", ())
        if len(self.keys) > self.MOST:
            facts = {"most": self.MOST, "n": len(self.keys)}
            self.add_error("s", _("一次最多对比 %(most)d 篇，现在选了 %(n)d 篇，请去掉一些。") % facts)
        elif found.get("base") is not None and found["base"] not in self.keys:
            self.add_error("base", self._base)
        return found
