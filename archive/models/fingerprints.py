"""What is looked up to find the same words elsewhere: fingerprints, clauses, and what recurs.

All of it follows from the texts and can be made anew at any time (``fingerprint_speeches``). The two large tables
are nothing but their keys. On SQLite they are clustered by them (WITHOUT ROWID, see the migration): half the size.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.speeches import Speech


class Entry(models.Model):
    """A hash that stands in a speech at ``position``, characters into its text.

    No foreign key in the database and no index by speech: either would double the table. Whoever changes or
    deletes a speech takes its entries along (archive.reuse); readers are shown published speeches only.
    """

    hash = models.BigIntegerField()
    speech = models.ForeignKey(
        Speech, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    position = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.hash:x}: {self.speech_id}@{self.position}"


class Fingerprint(Entry):
    """A fingerprint of some letters of a speech, see archive.compare."""

    pk = models.CompositePrimaryKey("hash", "speech_id", "position")


class Clause(Entry):
    """A clause of a speech, by the hash of all its letters."""

    pk = models.CompositePrimaryKey("hash", "speech_id", "position")


class Printed(models.Model):
    """A speech whose fingerprints and clauses are stored, and of which text: ``digest`` is the speech's then.

    ``letters`` is the digest of its compared letters, ``version`` that of the hashes, ``count`` how many
    fingerprints there are. A text that changes gets a new row, so the largest key tells whether any has.
    """

    speech = models.OneToOneField(Speech, models.CASCADE, related_name="printed")
    digest = models.CharField(max_length=64)
    letters = models.CharField(max_length=64, db_index=True)
    version = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("指纹")
        verbose_name_plural = _("指纹")

    def __str__(self) -> str:
        return str(self.speech_id)


class Formula(models.Model):
    """A clause that recurs in many published speeches: ``members`` are their keys when it was counted."""

    hash = models.BigIntegerField(primary_key=True)
    text = models.CharField(max_length=200)
    letters = models.CharField(max_length=60)
    speeches = models.PositiveIntegerField()
    members = models.JSONField()

    class Meta:
        ordering = ["-speeches", "letters"]

    def __str__(self) -> str:
        return self.text


class LedgerCount(models.Model):
    """When the formulas were counted, and of which speeches: one row."""

    state = models.CharField(max_length=100)
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.state
