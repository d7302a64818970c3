"""Every address of the archive."""

from django.contrib import admin
from django.urls import path, register_converter

from archive.views import (
    about,
    adding,
    api,
    browsing,
    citing,
    compare,
    concordance,
    events,
    exports,
    feeds,
    health,
    home,
    ledger,
    machines,
    oai,
    quote,
    search,
    shared,
    sitemap,
    speakers,
    speeches,
    suggest,
    taking,
    trends,
    years,
)


class YearConverter:
    """Four digits, as years are written everywhere here."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(YearConverter, "year")

urlpatterns = [
    path("", home.page, name="home"),
    path("feed/", feeds.newest, name="feed"),
    path("speakers/", speakers.index, name="speakers"),
    path("speakers.json", speakers.index_json, name="speakers-json"),
    path("speakers/<int:pk>/", speakers.page, name="speaker"),
    path("speakers/<int:pk>.json", speakers.page_json, name="speaker-json"),
    path("speakers/<int:pk>/feed/", feeds.of_speaker, name="speaker-feed"),
    path("speeches/", browsing.browse, name="speeches"),
    path("speeches/feed/", feeds.listed, name="speeches-feed"),
    path("speeches.json", browsing.browse_json, name="speeches-json"),
    path("speeches/<int:pk>/", speeches.page, name="speech"),
    path("speeches/<int:pk>.json", speeches.page_json, name="speech-json"),
    path("speeches/<int:pk>.txt", speeches.text, name="speech-txt"),
    path("speeches.bib", citing.list_file, {"suffix": "bib"}, name="speeches-bib"),
    path("speeches.ris", citing.list_file, {"suffix": "ris"}, name="speeches-ris"),
    path("speeches.csl.json", citing.list_file, {"suffix": "csl.json"}, name="speeches-csl"),
    path("speeches/<int:pk>.bib", citing.speech_file, {"suffix": "bib"}, name="speech-bib"),
    path("speeches/<int:pk>.ris", citing.speech_file, {"suffix": "ris"}, name="speech-ris"),
    path("speeches/<int:pk>.csl.json", citing.speech_file, {"suffix": "csl.json"}, name="speech-csl"),
    path("speeches/<int:pk>/cite/", citing.page, name="cite"),
    path("speeches/<int:pk>/words.json", citing.words, name="words-json"),
    path("speeches.csv", taking.table, name="speeches-csv"),
    path("speeches/<int:pk>.md", taking.speech_file, {"suffix": "md"}, name="speech-md"),
    path("speeches/<int:pk>.xml", taking.speech_file, {"suffix": "xml"}, name="speech-xml"),
    path("speeches/<int:pk>.tei.xml", taking.speech_file, {"suffix": "tei.xml"}, name="speech-tei"),
    path("speeches/<int:pk>/original", speeches.original, name="speech-original"),
    path("speeches/<int:pk>/shared/", shared.page, name="shared"),
    path("speeches/<int:pk>/shared.json", shared.twin, name="shared-json"),
    path("events/", events.index, name="events"),
    path("events.json", events.index_json, name="events-json"),
    path("events/<int:pk>/", events.page, name="event"),
    path("events/<int:pk>.json", events.page_json, name="event-json"),
    path("years/", years.index, name="years"),
    path("years.json", years.index_json, name="years-json"),
    path("years/<year:year>/", years.page, name="year"),
    path("years/<year:year>.json", years.page_json, name="year-json"),
    path("ledger/", ledger.page, name="ledger"),
    path("ledger.json", ledger.twin, name="ledger-json"),
    path("search/", search.page, name="search"),
    path("search.json", search.twin, name="search-json"),
    path("search.csv", exports.table, name="search-csv"),
    path("search/feed/", feeds.found, name="search-feed"),
    path("concordance/", concordance.page, name="concordance"),
    path("concordance.json", concordance.twin, name="concordance-json"),
    path("concordance.csv", concordance.table, name="concordance-csv"),
    path("trends/", trends.page, name="trends"),
    path("trends.json", trends.twin, name="trends-json"),
    path("suggest.json", suggest.twin, name="suggest-json"),
    path("compare/", compare.page, name="compare"),
    path("compare/more/", adding.page, name="compare-more"),
    path("compare.json", compare.twin, name="compare-json"),
    path("compare.csv", compare.table, name="compare-csv"),
    path("quote/", quote.page, name="quote"),
    path("quote.json", quote.twin, name="quote-json"),
    path("about/", about.page, name="about"),
    path("api/", api.page, name="api"),
    path("api/openapi.json", api.document, name="openapi"),
    path("oai/", oai.answer, name="oai"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap.part, name="sitemap-part"),
    path("opensearch.xml", machines.opensearch, name="opensearch"),
    path("opensearch.json", machines.completions, name="completions"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("healthz", health.page, name="health"),
    path("admin/", admin.site.urls),
]

handler400 = "archive.views.errors.bad_request"
handler403 = "archive.views.errors.forbidden"
handler404 = "archive.views.errors.not_found"
handler500 = "archive.views.errors.server_error"
