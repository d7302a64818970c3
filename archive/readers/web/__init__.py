"""Saved web pages -> the text on them, without menus, share boxes and lists of other pages.

blocks     the tree -> the lines that a browser would show
office     what word processors write into a page beside the text
furniture  the words that give the site's own lines away
body       which element holds the text
front      its title, and the day the page names
article    all of it in the order of a transcript
"""

from archive.readers.web.article import Article, article_of
from archive.readers.web.blocks import shown

__all__ = ["Article", "article_of", "shown"]
