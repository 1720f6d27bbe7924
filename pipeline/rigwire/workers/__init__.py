"""Documents parsed and extracted in processes of their own, under limits of time and memory."""

from rigwire.workers.failure import DocumentError, NoWorkerError
from rigwire.workers.pool import Pool, Wanted
from rigwire.workers.process import Reading

__all__ = ["DocumentError", "NoWorkerError", "Pool", "Reading", "Wanted"]
