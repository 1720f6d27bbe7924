"""Long documents are read in stretches, and lose nothing by it."""

from rigwire.extract.events import find_events
from rigwire.extract.pipeline import scan
from rigwire.extract.sentences import LONGEST, split_sentences
from rigwire.extract.stretches import cut_stretches

STORY = "Acme Mining, a bitcoin miner, ordered {n:,} machines from Bitmain. They will run in Texas.\n\n"
FILLER = "The weather over the plains was dry and the wind blew from the north all day long. " * 3 + "\n\n"


def test_each_figure_belongs_to_one_stretch() -> None:
    text = "".join(STORY.format(n=1000 + n) + FILLER * 4 for n in range(40))
    view = scan(text, None, "2024-05-06")
    stretches = [*cut_stretches(view)]
    assert len(stretches) > 2
    assert [m for s in stretches for m in s.own(s.view.measures)] == view.measures
    assert all(company.spans for s in stretches for company in s.view.companies)


def test_a_long_document_states_what_its_parts_state() -> None:
    numbers = range(1001, 1041)
    text = "".join(STORY.format(n=n) + FILLER * 4 for n in numbers)
    events = find_events(scan(text, None, "2024-05-06"))
    orders = {q.value: e.company for e in events for q in e.quantities}
    assert orders == dict.fromkeys(map(float, numbers), "Acme Mining")


def test_what_has_no_end_is_cut_between_words() -> None:
    text = "miners and " * 2000
    sentences = split_sentences(text)
    assert all(s.end - s.start <= LONGEST for s in sentences)
    assert " ".join(text[s.start : s.end] for s in sentences) == text.strip()
