"""/admin/archive/speech/upload/: files in, each checked and corrected, saved and searchable.

pages        the addresses: the page itself, the text of one file, what it changes in a speech
taking       files, members of a .zip and pasted text -> what waits in the database, or a refusal
rows         one waiting file as the page shows it, with the form that corrects it
structuring  the lines of a file, and what an editor may decide about each
resembling   speeches and waiting files that may be the same one
working      one row at work: another encoding, another heading, away with it
saving       rows -> speeches, each in a transaction of its own
telling      refusals and the summary, kept in the session so that a reload still shows them

Everything works without JavaScript: each button posts the whole form and leads back to the page. What waits
and what was typed is in the database, so a reload loses nothing; each file is handled alone, and one that
fails does not stop the others. A request that asks for JSON gets its row of the page only.
"""

from archive.admin.upload.pages import difference, page, text

__all__ = ["difference", "page", "text"]
