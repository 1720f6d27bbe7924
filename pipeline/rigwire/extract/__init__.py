"""From an article to what happened."""
