"""The scores of `benchmarks/clean_text.py`: by hand, and of pages from end to end."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import clean_text
import pytest

from projects import ROOT

TRUTH = "one two three four five six"


@pytest.mark.parametrize(
    ("text", "precision", "recall"),
    [
        (TRUTH, 1, 1),
        ("one, two; three. FOUR", 0, 0),
        ("one two three four", 1, 1 / 3),
        (f"zero {TRUTH}", 3 / 4, 1),
        (f"{TRUTH} {TRUTH}", 3 / 9, 1),
        ("", 0, 0),
    ],
)
def test_runs_of_four_words(text: str, precision: float, recall: float) -> None:
    score = clean_text.run_overlap(TRUTH, text)
    assert (score.precision, score.recall) == (precision, recall)


def test_optional_words_may_be_there_or_not() -> None:
    truth = {"body": "a b c d", "body_optional": ["note"]}
    assert [clean_text.word_overlap(truth, text).f1 for text in ("a b c d", "note a b c d")] == [1, 1]
    assert clean_text.word_overlap(truth, "note note a b c d").precision == 4 / 5


PARAGRAPHS = [
    f"Quillon Mining has switched on {n} machines at hall {n}, it said, and will add as many before the year ends."
    for n in range(12, 18)
]
PAGE = (
    "<html><head><title>Six halls</title></head><body><nav><a href='/'>Home</a></nav><article><h1>Six halls</h1>"
    + "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    + "</article></body></html>"
)


def printed(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "benchmarks" / "clean_text.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_pages_and_documents_from_end_to_end(tmp_path: Path) -> None:
    body = "\n\n".join(PARAGRAPHS)
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "a.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "ground-truth.json").write_text(json.dumps({"a": {"articleBody": body, "url": "https://a.example/six"}}))
    document = {
        "id": "a", "url": "https://a.example/six", "html": PAGE, "body": body, "not_in_body": ["Home"],
        "title": "Six halls",
        "site": None, "authors": ["Nobody"], "published_gold": None, "canonical_url": None, "language": "en",
    }  # fmt: skip
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.json").write_text(json.dumps(document))
    done = printed(str(tmp_path), "--gold", str(tmp_path / "docs"), "--runs", "1")
    lines = done.stdout.splitlines()
    assert lines[0] == "F1 1.0000  precision 1.0000  recall 1.0000  exact 1.000  over 1 pages"
    assert "ratio" in lines[1]
    assert lines[2] == "token F1 1.0000 over 1 pages; leaked snippets 0 of 1 (0.0%)"
    assert "title 1/1" in lines[3]
    assert "authors 0/1" in lines[3]


def test_a_call_without_pages_says_what_is_missing() -> None:
    done = printed()
    assert done.returncode == 2
    assert "name the folder" in done.stderr
