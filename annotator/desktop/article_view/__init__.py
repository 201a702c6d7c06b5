"""The article view: how an article and the passages on it are laid out, painted, read and marked.

It knows nothing of services or the database: it is fed by setters and tells by signals what the user did. All offsets
at its border are code points; the layouts inside count UTF-16 units and translate within one paragraph only.
"""

from __future__ import annotations

from annotator.desktop.article_view.fonts import ARTICLE_FAMILY, load_fonts
from annotator.desktop.article_view.look import DARK, LIGHT, ArticleHeader, TagStyle, ViewTheme
from annotator.desktop.article_view.view import ArticleView

__all__ = ["ARTICLE_FAMILY", "DARK", "LIGHT", "ArticleHeader", "ArticleView", "TagStyle", "ViewTheme", "load_fonts"]
