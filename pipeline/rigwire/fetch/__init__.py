"""From sources to pages: HTTP, robots.txt, feeds, discovery."""
