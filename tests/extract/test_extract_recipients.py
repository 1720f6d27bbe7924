"""Whom a notice addresses, in the article's words (`models/lexicon/recipient_clauses.csv`)."""

import pytest

from rigwire.extract.pipeline import scan
from rigwire.extract.recipients import in_full
from rigwire.knowledge import read_table


def recipient(sentence: str, head: str) -> str | None:
    """The recipient in full whose phrase ends with `head`."""
    view = scan(f"{sentence} Bitcoin mining uses 20 MW.", None, None)
    [name] = [body.name for body in view.bodies if body.phrase.endswith(head)]
    return in_full(view, sentence.index(head), name)


@pytest.mark.parametrize("row", [*read_table("lexicon/recipient_clauses.csv")], ids=lambda row: row["name"])
def test_a_row_reads_its_example(row: dict[str, str]) -> None:
    before, rest = row["example"].split("[")
    marked, after = rest.split("]")
    view = scan(f"{before}{marked}{after} Bitcoin mining uses 20 MW.", None, None)
    [body] = [body for body in view.bodies if body.start == len(before)]
    assert in_full(view, body.start, body.name) == marked


@pytest.mark.parametrize(
    ("sentence", "head", "full"),
    [
        ("KEGOC told the miners that supply will end.", "miners", "miners"),
        ("KEGOC told the miners that 320 MW will be missing.", "miners", "miners"),
        ("KEGOC told the miners on Friday that their grid is full.", "miners", "miners"),
        ("KEGOC told the miners in January to stop.", "miners", "miners"),
        ("KEGOC cut off loads in the Rio Grande Valley on Monday.", "loads", "loads in the Rio Grande Valley"),
        ("Users who mine, though, pay more.", "Users", "Users who mine"),
        ("KEGOC informed the miners of the new limits.", "miners", "miners"),
        ("KEGOC will charge registered miners one tenge.", "registered miners", "registered miners"),
        ("KEGOC cut off miners without hurting anybody.", "miners", "miners"),
        ("KEGOC cut off miners in Kazakhstan's cities.", "miners", "miners in Kazakhstan"),
    ],
)
def test_only_what_says_which_of_them_are_meant_belongs_to_a_recipient(sentence: str, head: str, full: str) -> None:
    assert recipient(sentence, head) == full


def test_a_firm_is_named_as_it_is() -> None:
    view = scan("KEGOC told Enegix that supply to miners who hold papers will end.", None, None)
    assert in_full(view, 6, "Enegix") == "Enegix"
    assert in_full(view, 6, None) is None
