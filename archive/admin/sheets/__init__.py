"""/admin/archive/speech/sheet/: metadata of many speeches as a table, out to Excel or WPS and in again.

pages      the addresses: download, upload, what would change, confirm
columns    what a sheet has columns for, and how a speech reads in them
writing    speeches -> .xlsx and .csv
planning   the rows of a sheet -> what each would change, or what is wrong with it
applying   what was confirmed, each row in a transaction of its own

A sheet changes nothing until its editor has seen every change. What is wrong is left out and told of, the
other rows are written. A row that somebody else has changed since it was downloaded counts as wrong.
"""

from archive.admin.sheets.pages import download_chosen, page

__all__ = ["download_chosen", "page"]
