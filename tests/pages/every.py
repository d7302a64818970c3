"""All pages of the archive, by the names of their addresses; a new page without a row here fails a test."""

from __future__ import annotations

PAGES: dict[str, tuple[str, ...]] = {
    "home": ("/",),
    "speeches": (
        "/speeches/?sort=oldest&kind=&year=2021&year=2022",
        "/speeches/?year=1900",
        "/speeches/?sort=best",
        "/speeches/?page=99",
    ),
    "speech": (
        "/speeches/{pk}/",
        "/speeches/{pk}/?q=落实",
        "/speeches/{pk}/?script=hant",
        "/speeches/999999/",
    ),
    "speakers": ("/speakers/",),
    "speaker": ("/speakers/{speaker}/",),
    "events": ("/events/",),
    "event": ("/events/{event}/",),
    "years": ("/years/",),
    "year": ("/years/2022/",),
    "cite": ("/speeches/{pk}/cite/", "/speeches/{pk}/cite/?p=3"),
    "shared": ("/speeches/{pk}/shared/",),
    "ledger": ("/ledger/", "/ledger/?q=龘"),
    "search": (
        "/search/",
        "/search/?q=落实",
        "/search/?q=龘龘 落实&year=2022",
        "/search/?q=落实&from=昨天",
        "/search/?q=标题:讲话 -落实 (方向 或 任务*)",
    ),
    "concordance": ("/concordance/", "/concordance/?q=落实", "/concordance/?q=龘龘"),
    "trends": ("/trends/", "/trends/?q=落实&q=方向"),
    "compare": (
        "/compare/",
        "/compare/?a={pk}&b={other}",
        "/compare/?a={pk}&b={other}&view=common",
        "/compare/?a={pk}&b={other}&view=unique",
        "/compare/?a={other}&b={third}&view=inline",
        "/compare/?a={pk}&b={other}&view=sections&sa=s1&sb=s1",
        "/compare/?s={pk}&s={other}&s={third}",
        "/compare/?a={pk}&b={pk}",
    ),
    "compare-more": ("/compare/more/?s={pk}",),
    "quote": (
        "/quote/",
        "/quote/?text=把全面从严治党的要求落到实处，一步一个脚印走下去。",
        "/quote/?text=把全面从严治党的要求落到实际，一步一个脚步走下去。",
        "/quote/?text=龘龘龘龘龘龘龘龘龘龘",
    ),
    "about": ("/about/",),
    "api": ("/api/",),
    "nowhere": ("/nowhere/",),
}

# What is no page of words: files to take away, twins for programs, feeds, what machines ask for.
NO_PAGES = {
    *("feed", "speaker-feed", "speeches-feed", "search-feed"),
    *("speeches-json", "speech-json", "shared-json", "ledger-json", "search-json", "words-json"),
    *("speakers-json", "speaker-json", "events-json", "event-json", "years-json", "year-json"),
    *("concordance-json", "trends-json", "suggest-json", "compare-json", "quote-json"),
    *("speech-txt", "speech-md", "speech-xml", "speech-tei", "speech-original"),
    *("speech-bib", "speech-ris", "speech-csl", "speeches-bib", "speeches-ris", "speeches-csl"),
    *("speeches-csv", "search-csv", "concordance-csv", "compare-csv"),
    *(
        "openapi",
        "robots",
        "sitemap",
        "sitemap-part",
        "opensearch",
        "completions",
        "security",
        "health",
        "oai",
    ),
}
