"""The words of an article on its page: all there, marked by kind, linked to their events."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from page_builders import TEXT, article, body_text, event, extraction, figure, mention, read

from rigwire.model import Company, DateMention, Extraction, Mention
from rigwire.page import render_page
from rigwire.page.marks import Mark, cut, find_marks


def test_every_span_is_marked_by_its_kind() -> None:
    page = read(extraction())
    assert body_text(page) == TEXT
    marked = {(mark.get_text(), *mark["class"]) for mark in page.select(".text mark")}
    assert marked == {
        ("Texas", "company", "place"),
        (" Grid", "company"),
        ("Fennmark Mining", "company"),
        ("Fennmark", "company"),
        ("3 May", "date"),
        ("1,200 machines", "quantity"),
        ("40 MW", "quantity"),
        ("Alberta", "place"),
    }
    [texas] = page.select("mark.place.company")
    assert texas["title"] == "company: Texas Grid · place: State of Texas (US-TX)"


def test_an_event_has_its_figure_its_sentence_and_its_names() -> None:
    page = read(extraction())
    assert [mark.get_text() for mark in page.select("[data-of~=a1-e1]")] == ["Texas", "Fennmark", "1,200 machines"]
    words = "".join(element.get_text() for element in page.select("[data-in~=a1-e1]"))
    assert words == "Fennmark has 1,200 machines there."
    card = page.select_one("li#a1-e1")
    assert card is not None
    targets = {link.get_text(): page.select_one(str(link["href"])) for link in card.select("a")}
    assert targets["1,200 machines"].get_text() == "1,200 machines"
    assert targets["fleet"].get_text() == "Fennmark"
    for mark in page.select("mark[data-of] a"):
        assert page.select_one(str(mark["href"])) is not None


def test_ids_are_unique_over_several_articles() -> None:
    page = read(extraction(), extraction())
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert [card["id"] for card in page.select(".event")] == ["a1-e1", "a1-e2", "a2-e1", "a2-e2"]
    assert page.title is not None
    assert page.title.get_text() == "2 articles"


def test_what_only_the_title_states_leads_to_the_title() -> None:
    page = read(extraction(events=(event("e1", "A notice", figure("machines", 5, "5 rigs")),)))
    assert {link["href"] for link in page.select(".event a")} == {"#a1-title"}
    [title] = page.select("#a1-title")
    assert title.get_text() == "A notice"


def test_an_article_without_events() -> None:
    page = read(Extraction(article()))
    assert "no events" in page.get_text()
    assert body_text(page) == TEXT


def test_of_the_mentions_before_a_sentence_the_last_one_counts() -> None:
    names = Company("Fennmark", None, None, "miner", (mention("Fennmark", nth=1), mention("Fennmark")))
    last = event("e1", mention("It also runs 40 MW in Alberta."), company="Fennmark")
    owned = [m for m in find_marks(extraction(companies=(names,), events=(last,))) if m.events]
    assert [(mark.start, mark.kind) for mark in owned] == [(mention("Fennmark", nth=1).start, "company")]


marks_of = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 15), st.sampled_from(["company", "place", "date", "quantity"])),
    max_size=8,
)


@given(st.integers(1, 40), marks_of)
def test_pieces_leave_no_gap_and_have_all_their_marks(length: int, drawn: list[tuple[int, int, str]]) -> None:
    marks = [Mark(start, start + size, kind, kind) for start, size, kind in drawn]
    pieces = cut(marks, [], 0, length)
    assert [piece.start for piece in pieces] == [0, *(piece.end for piece in pieces[:-1])]
    assert pieces[-1].end == length
    for piece in pieces:
        for place in range(piece.start, piece.end):
            assert list(piece.marks) == [mark for mark in marks if mark.start <= place < mark.end]


def has_words(text: str) -> bool:
    """Tell whether no paragraph is mere white space, of which the parser of the test makes one space."""
    return all(paragraph.strip() or not paragraph for paragraph in text.split("\n\n"))


anything = st.characters(exclude_categories=["Cc", "Cs", "Cf", "Cn"]) | st.sampled_from("\n\n&<>\"'\t$")
readable = st.text(anything).filter(has_words)


@given(readable, st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9), st.booleans()), max_size=6))
def test_no_character_is_lost_whatever_overlaps(text: str, spans: list[tuple[int, int, bool]]) -> None:
    mentions = [(Mention(text[a : a + n], a, a + n), is_date) for a, n, is_date in spans]
    dates = tuple(DateMention("2024", "year", m.text, m.start, m.end) for m, is_date in mentions if is_date)
    names = tuple(m for m, is_date in mentions if not is_date)
    company = Company("Fennmark", None, None, "miner", names)
    quotes = tuple(event(f"e{n}", m) for n, (m, _) in enumerate(mentions))
    page = read(Extraction(article(text), companies=(company,), dates=dates, events=quotes))
    assert body_text(page) == text


def test_spans_outside_the_text_mark_nothing() -> None:
    beyond = DateMention("2024", "year", "2024", len(TEXT) - 1, len(TEXT) + 3)
    assert render_page([replace(extraction(), dates=(beyond,))]).count('class="date"') == 1  # the legend's own
