"""Documents parsed and extracted in processes of their own, under limits of time and memory."""

from rigwire.workers.failure import DocumentFailed, NoWorker
from rigwire.workers.pool import Pool, Wanted
from rigwire.workers.process import Reading

__all__ = ["DocumentFailed", "NoWorker", "Pool", "Reading", "Wanted"]
