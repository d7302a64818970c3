"""Names of speakers and occasions, and the other names of speakers."""

from __future__ import annotations

from typing import Any

from django.forms import BaseInlineFormSet
from django.forms.formsets import ManagementForm
from django.utils.translation import gettext_lazy as _

from archive.forms.seen import SeenForm, digest_of
from archive.models import Alias


class NameForm(SeenForm):
    """A speaker or an occasion in the admin."""

    SHOWN = ("name",)
    TAKEN: Any = _("已有这个名称。若是同一个，请在列表里选中两者，用“合并”；若不是，请换一个名称。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "name" in self.fields:
            self.fields["name"].error_messages["unique"] = self.TAKEN


class AliasForm(NameForm):
    """Another name of a speaker, a row below the speaker's form."""

    TAKEN = _("已有讲话人用这个别名。若是同一人，请在讲话人列表里选中两人，用“合并所选讲话人”。")

    class Meta:
        model = Alias
        fields = ["name"]


class AliasFormSet(BaseInlineFormSet):  # type: ignore[type-arg]  # generic only in the stubs
    """The other names of a speaker as one editor sent them, while another may have saved.

    One that was renamed meanwhile is not deleted unseen. One that was deleted meanwhile stays so; if the editor
    has changed its words they are a new one.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self._sent: list[str] = []
        if self.is_bound:
            self._drop_gone()

    def get_queryset(self) -> Any:
        """As they were sent: the admin pairs forms and rows by their order, which a name may have changed."""
        rows = super().get_queryset()
        if not self.is_bound:
            return rows
        return sorted((row for row in rows if str(row.pk) in self._sent), key=self._place)

    def _place(self, row: Alias) -> int:
        return self._sent.index(str(row.pk))

    def _should_delete_form(self, form: Any) -> bool:
        return bool(super()._should_delete_form(form)) and not form.is_late  # type: ignore[misc]

    def _drop_gone(self) -> None:
        said = ManagementForm(self.data, prefix=self.prefix)
        if not said.is_valid():
            return  # Django says what is wrong
        total, initial = said.cleaned_data["TOTAL_FORMS"] or 0, said.cleaned_data["INITIAL_FORMS"] or 0
        rows = [self._row(number) for number in range(min(total, self.absolute_max))]
        held, added = rows[:initial], rows[initial:]
        there = {str(pk) for pk in super().get_queryset().values_list("pk", flat=True)}
        kept = [row for row in held if row.get("id") in there]
        again = [_as_new(row) for row in held if row.get("id") not in there and _is_changed(row)]
        self._sent = [row["id"] for row in kept]
        if len(kept) < len(held):
            self._send(kept, again + added)

    def _row(self, number: int) -> dict[str, str]:
        begin = f"{self.prefix}-{number}-"
        return {key.removeprefix(begin): self.data[key] for key in self.data if key.startswith(begin)}

    def _send(self, held: list[dict[str, str]], added: list[dict[str, str]]) -> None:
        """Let these rows be what was sent."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for key in [key for key in data if key.startswith(f"{self.prefix}-") and key.split("-")[1].isdigit()]:
            del data[key]
        for number, row in enumerate(held + added):
            for name, value in row.items():
                data[f"{self.prefix}-{number}-{name}"] = value
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(held))
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(held + added))
        self.data = data


def _is_changed(row: dict[str, str]) -> bool:
    """Whether the editor wants the name that they typed: it is not what they saw, and not to be deleted."""
    return "DELETE" not in row and row.get("seen") != digest_of({"name": row.get("name", "")})


def _as_new(row: dict[str, str]) -> dict[str, str]:
    return {**row, "id": "", "seen": ""}
