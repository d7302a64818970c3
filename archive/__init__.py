"""A searchable archive of speeches: the map of the rooms.

text/       characters and words: decoding, cleaning, folding, segmenting; knows no speech
readers/    bytes of a file -> plain text, one file a format
parsing/    plain text -> Outline (title, salutation, sections, closing, notes)
citing/     a speech -> references in seven styles; links to words of it
formats/    one speech -> Markdown, Akoma Ntoso, TEI
compare/    two texts -> shared passages, aligned sections, what is each one's own
models/     Speech, Section, Paragraph, Speaker, Event, SourceFile
reuse/      the same words elsewhere: fingerprints, shared passages, formulas, likenesses
importing/  bytes -> outline -> rows, one transaction a file
search/     the index and finding; the only room that knows Haystack and Whoosh
backup/     the whole archive in one file, and back
views/      one file a word of the address bar

A document walks down the list (bytes arrive at the admin or at import_speeches); a room may import
only from the rooms below it, which import-linter checks (see pyproject.toml).
"""
