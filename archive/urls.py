"""Every address of the archive."""

from django.contrib import admin
from django.urls import path

from archive.views import (
    about,
    adding,
    browsing,
    compare,
    concordance,
    exports,
    feeds,
    health,
    home,
    ledger,
    machines,
    quote,
    search,
    shared,
    sitemap,
    speeches,
    suggest,
    trends,
)

urlpatterns = [
    path("", home.page, name="home"),
    path("feed/", feeds.newest, name="feed"),
    path("speakers/<int:pk>/feed/", feeds.of_speaker, name="speaker-feed"),
    path("speeches/", browsing.browse, name="speeches"),
    path("speeches/feed/", feeds.listed, name="speeches-feed"),
    path("speeches.json", browsing.browse_json, name="speeches-json"),
    path("speeches/<int:pk>/", speeches.page, name="speech"),
    path("speeches/<int:pk>.json", speeches.page_json, name="speech-json"),
    path("speeches/<int:pk>.txt", speeches.text, name="speech-txt"),
    path("speeches/<int:pk>/original", speeches.original, name="speech-original"),
    path("speeches/<int:pk>/shared/", shared.page, name="shared"),
    path("speeches/<int:pk>/shared.json", shared.twin, name="shared-json"),
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
