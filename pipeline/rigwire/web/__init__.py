"""The web page: Datasette on the database, with pages of its own in front."""

from rigwire.web.server import Address, serve

__all__ = ["Address", "serve"]
