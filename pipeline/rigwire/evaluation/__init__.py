"""How well the extractor does on annotated documents, by the definitions of the codebook's referee."""

from rigwire.evaluation.corpus import Evaluation, evaluate
from rigwire.evaluation.gold import read_gold

__all__ = ["Evaluation", "evaluate", "read_gold"]
