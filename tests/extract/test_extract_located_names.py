"""Names that the article itself locates."""

import pytest

from rigwire.extract.pipeline import scan

MINING = " The bitcoin miner has 20 MW."


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("It took over a site at Wolf Hollow, Texas. All machines at Wolf Hollow hash again.", "Wolf Hollow", "US-TX"),
        ("It sold its Quill Lake site in New York. Quill Lake has 9 MW.", "Quill Lake", "US-NY"),
        ("It built the Ordway facility in Sedge, Montana. The Ordway Facility has 9 MW.", "Ordway", "US-MT"),
        ("It expanded the 60 MW site in Texas. Another 40 MW follows.", "MW", None),
        ("It met Quill Lake, Texas says. Then Quill Lake left.", "Quill Lake", None),
        ("It has a hall at Quill Lake. It left Quill Lake, and Texas.", "Quill Lake", None),
    ],
)
def test_a_name_that_is_located_once_stands_for_that_place(text: str, name: str, code: str | None) -> None:
    view = scan(text + MINING, None, None)
    later = {p.start: p.code for p in view.places}
    assert later.get(text.rindex(name)) == code
