"""The scheduled job: feeds into the queue, pages of the queue into rows."""

from rigwire.run.job import run
from rigwire.run.report import RunReport

__all__ = ["RunReport", "run"]
