"""The encoder: a small transformer that gives each piece of an article a vector which tells its meaning in context.

`models/trained/encoder.onnx.gz` takes the windows of `windows.py`; `models/README.md` says how it was made.
"""

import zlib
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rigwire.extract.trained import broken_part, trained_path
from rigwire.extract.windows import Placed, Window

Vectors = NDArray[np.float32]
Span = tuple[int, int]
Rows = tuple[int, int, int]
"""Where a stretch of text lies in the windows: which window, its first row and its last but one."""


@dataclass(frozen=True)
class Encoding:
    """The vectors of an article: one row a piece, window by window, and where each sentence lies in them."""

    vectors: list[Vectors]
    placed: list[Placed]

    def sentence(self, index: int) -> Vectors:
        """Return the rows of a sentence; none for one without words."""
        one = self.placed[index]
        return self.vectors[one.window][one.first : one.first + len(one.pieces)]

    def place(self, index: int, span: Span) -> Rows:
        """Return where `span` lies, which begins in the sentence `index`."""
        one = self.placed[index]
        return (one.window, *one.rows(*span))

    def mean(self, index: int, span: Span) -> Vectors:
        """Return the mean of the rows of `span`, which begins in the sentence `index`."""
        return self.mean_at(self.place(index, span))

    def mean_at(self, place: Rows) -> Vectors:
        """Return the mean of the rows at `place`."""
        window, first, last = place
        rows = self.vectors[window][first:last]
        mean: Vectors = np.add.reduce(rows) / np.float32(len(rows))  # half the time of rows.mean
        return mean


_SLOW_FUSIONS = ["SkipLayerNormFusion"]
"""What onnxruntime puts together though its parts run faster apart: a tenth of the time of a window."""
_GZIP = 16 + zlib.MAX_WBITS
"""Tells zlib to expect the header and the checksum of gzip."""


@cache
def load_session() -> Any:
    """Return the inference session. One thread: rigwire runs one process a core."""
    import onnxruntime

    path = trained_path("encoder.onnx.gz")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        model = zlib.decompress(path.read_bytes(), wbits=_GZIP)  # in one go, a quarter faster than the module gzip
        return onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW_FUSIONS
        )
    except Exception as error:  # onnxruntime raises classes of its own for missing and damaged files
        raise broken_part(path, error) from error


def encode(windows: list[Window], placed: list[Placed]) -> Encoding:
    """Return the vectors of an article, given as `windows.cut_windows` cuts it.

    Raises RigwireError where the encoder is missing or damaged.
    """
    return Encoding([_encode(window) for window in windows], placed)


def _encode(window: Window) -> Vectors:
    """Run a window through the encoder, alone: several at once would have to be filled up, and are no faster."""
    ids, marks = np.array([[window.ids], [window.marks]], dtype=np.int64)
    vectors: Vectors = load_session().run(None, {"ids": ids, "marks": marks})[0][0]
    return vectors
