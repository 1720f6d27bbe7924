"""What articles state, as HTML: the words marked by kind, the events beside them."""

from rigwire.page.document import STATIC, legend, render_article, render_page
from rigwire.page.markup import escape, link, tag

__all__ = ["STATIC", "escape", "legend", "link", "render_article", "render_page", "tag"]
