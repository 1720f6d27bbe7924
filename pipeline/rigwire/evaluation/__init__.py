"""How well the extractor does on annotated documents; docs/codebook.md, section 10, says what counts as right."""

from rigwire.evaluation.corpus import Evaluation, evaluate
from rigwire.evaluation.gold import read_gold

__all__ = ["Evaluation", "evaluate", "read_gold"]
