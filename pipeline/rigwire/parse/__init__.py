"""From a page to the article alone."""
