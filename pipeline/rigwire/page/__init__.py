"""One self-contained HTML page of what articles state: the words marked by kind, the events beside them."""

from rigwire.page.document import render_page

__all__ = ["render_page"]
