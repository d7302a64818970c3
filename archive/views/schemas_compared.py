"""The shapes of what compares texts: two speeches, several, one with all, a quotation with its sources."""

from __future__ import annotations

from archive.forms import CompareForm
from archive.views.shapes import (
    ANCHOR,
    COUNT,
    DATE,
    FLAG,
    KEY,
    PAGED,
    SCORE,
    SHARE,
    SPAN,
    SPANNED,
    TEXT,
    Schema,
    by_key,
    listed,
    maybe,
    one_of,
    pair,
    record,
    ref,
    some,
)

SIDE = record(id=KEY, title=TEXT, characters=COUNT)
PASSAGE = {
    "kind": one_of("exact", "near"),
    "a": SPAN,
    "b": SPAN,
    "length": COUNT,
    "similarity": SHARE,
    "family": KEY,
    "recurring": FLAG,
}
COVERED = record(exact=SHARE, both=SHARE, plain_exact=SHARE, plain_both=SHARE)
CHECKED = {
    "text": TEXT,
    "verdict": one_of("exact", "near", "partial", "none"),
    "differences": COUNT,
    "total": COUNT,
    "sources": some(ref("Source")),
}

COMPARISONS: dict[str, Schema] = {
    "Pair": record(
        a=SIDE,
        b=SIDE,
        min=COUNT,
        listed_min=COUNT,
        limited=FLAG,
        identical=FLAG,
        near_complete=FLAG,
        near=one_of(*CompareForm.NEAR),
        formulas=one_of(*CompareForm.FORMULAS),
        # Only near passages say where they differ.
        passages=some({**record(**PASSAGE, differing=some(some(SPAN))), "required": list(PASSAGE)}),
        sections=some(record(a=maybe(ANCHOR), b=maybe(ANCHOR), similarity=SHARE, shared=COUNT)),
        matrix=maybe(
            record(
                depth=one_of(*filter(None, CompareForm.DEPTHS)),
                cells=some(
                    record(a=ANCHOR, b=ANCHOR, shared=COUNT, near=COUNT, similarity=SHARE, suggested=FLAG)
                ),
            )
        ),
        coverage=record(a=SHARE, b=SHARE),
        covered=record(a=COVERED, b=COVERED),
        distinctive=record(a=some(pair(TEXT, SCORE)), b=some(pair(TEXT, SCORE))),
    ),
    "Several": record(
        base=KEY,
        min=COUNT,
        near=FLAG,
        near_complete=FLAG,
        complete=FLAG,
        repeated=some(KEY),
        letters=COUNT,
        counts=some(COUNT),
        speeches=some(
            record(id=KEY, title=TEXT, characters=COUNT, covers=maybe(record(exact=SHARE, both=SHARE)))
        ),
        segments=some(record(**SPANNED, letters=COUNT, witnesses=some(KEY), nearly=some(KEY))),
        passages=some(ref("Common")),
    ),
    "Common": record(
        length=COUNT,
        witnesses=some(KEY),
        recurring=FLAG,
        places=some(SPAN),
        found=by_key(some(SPAN)),
        longer=some(ref("Common")),
    ),
    "Shared": record(
        id=KEY,
        title=TEXT,
        url=TEXT,
        min=COUNT,
        letters=COUNT,
        covered=COUNT,
        left_out=COUNT,
        common=COUNT,
        limited=FLAG,
        missing=COUNT,
        **PAGED,
        passages=some(
            record(
                **SPANNED,
                text=TEXT,
                letters=COUNT,
                anchor=maybe(ANCHOR),
                places=some({"type": "array", "prefixItems": [COUNT, COUNT, maybe(ANCHOR)], "items": False}),
                speeches=COUNT,
                more=FLAG,
                formula=FLAG,
                rarity=SCORE,
                first=maybe(KEY),
                last=maybe(KEY),
                uses=some(ref("Use")),
            )
        ),
        relatives=some(record(**listed(), letters=COUNT, share=SHARE)),
    ),
    "Use": record(
        id=KEY,
        title=TEXT,
        date=DATE,
        url=TEXT,
        anchor=maybe(ANCHOR),
        **SPANNED,
        before=TEXT,
        text=TEXT,
        after=TEXT,
        same=COUNT,
        exact=FLAG,
        part=FLAG,
    ),
    "Quotation": record(**CHECKED, parts=some(record(**CHECKED, **SPANNED)), warnings=some(TEXT)),
    "Source": record(
        id=KEY,
        title=TEXT,
        speaker=maybe(TEXT),
        date=DATE,
        url=TEXT,
        anchor=ANCHOR,
        **SPANNED,
        text=TEXT,
        similarity=SHARE,
        differences=COUNT,
        punctuation=FLAG,
        alignment=some({"type": "array", "items": TEXT, "minItems": 1, "maxItems": 3}),
    ),
}
