"""The scheduled job: feeds into the queue, pages of the queue into rows."""
