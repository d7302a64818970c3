"""The few formulas that a page shows."""

from __future__ import annotations

import pytest

from archive import reuse
from archive.models import Formula, LedgerCount, Speech
from archive.reuse.commonest import unlike

pytestmark = pytest.mark.django_db


def row(pk: int, letters: str, n: int) -> tuple[int, str, str, int]:
    return pk, letters, letters, n


def test_of_formulas_that_share_a_run_of_letters_the_commonest_stays():
    rows = [
        row(1, "直接负责的主管人员", 9),
        row(2, "对直接负责的主管人员", 8),
        row(3, "主管人员和其他直接责任人员", 7),
        row(4, "的主管人员和其他直接", 6),
        row(5, "依法给予处分", 5),
    ]
    assert [pk for pk, *_rest in unlike(rows)] == [1, 3, 5]


@pytest.mark.parametrize("short", ["党建", "凝心铸魂"])
def test_a_short_formula_is_like_itself_alone(short):
    assert len(unlike([row(1, short, 3), row(2, f"{short}的工作", 2), row(3, short, 1)])) == 2


def published(n: int) -> list[int]:
    speeches = [Speech(title=str(i), text=str(i), characters=1, digest=f"{i}") for i in range(n)]
    return [speech.pk for speech in Speech.objects.bulk_create(speeches)]


def test_while_nothing_has_changed_the_counts_are_those_of_the_ledger():
    pks = published(5)
    reuse.count_formulas()
    Formula.objects.create(hash=1, text="不忘初心", letters="不忘初心", speeches=4, members=pks[:4])
    assert reuse.commonest(5) == [("不忘初心", 4)]


def test_what_was_withdrawn_since_is_not_counted():
    pks = published(8)
    LedgerCount.objects.create(state="long ago")
    for key, text, members in ((1, "不忘初心", pks[:6]), (2, "牢记使命", pks[:5]), (3, "实干兴邦", pks[5:])):
        Formula.objects.create(hash=key, text=text, letters=text, speeches=len(members), members=members)
    Speech.objects.filter(pk__in=pks[:2]).update(published=False)
    assert reuse.commonest(5) == [("不忘初心", 4), ("牢记使命", 3), ("实干兴邦", 3)]
    Speech.objects.filter(pk__in=pks[5:]).update(published=False)
    assert "实干兴邦" not in dict(reuse.commonest(5))
    assert len(reuse.commonest(1)) == 1
