"""What the encoder is given, and that it gives each word a vector of its own in its context."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigwire.extract import heads
from rigwire.extract.encoder import Encoding
from rigwire.extract.pipeline import load_pipeline, run, scan
from rigwire.extract.windows import LONGEST, MARKS, cut_windows
from rigwire.extract.wordpieces import UNKNOWN, spell, split_pieces, vocabulary

TEXT = "Acme Mining ordered 2,600 machines on 3 May. The state of Texas refused it 40 MW."


def spelled(word: str) -> list[str]:
    names = {number: piece for piece, number in vocabulary().items()}
    return [names[number] for number in spell(word, vocabulary())]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("mining", ["mining"]),
        ("MINING", ["mining"]),
        ("Québec", ["quebec"]),
        ("2,600", ["1000"]),
        ("9", ["1"]),
        ("18.2", ["10"]),
        ("2018", ["2018"]),
        ("\u4e2d\u56fd\u5185", [UNKNOWN]),
    ],
)
def test_words_are_spelled_in_pieces(word: str, pieces: list[str]) -> None:
    assert spelled(word) == pieces


@pytest.mark.parametrize("word", ["energised", "hashworks", "zzyzx"])
def test_a_rare_word_is_spelled_by_its_parts(word: str) -> None:
    parts = spelled(word)
    assert len(parts) > 1
    assert parts[0] + "".join(part.removeprefix("##") for part in parts[1:]) == word


@given(st.text(max_size=200))
def test_pieces_stand_in_order_inside_the_text(text: str) -> None:
    places = [(piece.start, piece.end) for piece in split_pieces(text, 0, len(text))]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)


def test_windows_hold_each_sentence_once_with_its_marks() -> None:
    found = run(load_pipeline(exclude=("rigwire_encoder", "rigwire_companies")), TEXT * 40, "Acme orders", "2024-06-01")
    windows, placed = cut_windows(found)
    assert len(windows) > 1
    assert all(len(window.ids) == len(window.marks) <= LONGEST for window in windows)
    assert len(placed) == len(found.sentences)
    for sentence, one in zip(found.sentences, placed, strict=True):
        window = windows[one.window]
        assert window.ids[one.first : one.first + len(one.pieces)] == [piece.id for piece in one.pieces]
        marks = set(window.marks[one.first : one.first + len(one.pieces)])
        if "machines" in found.text[sentence.start : sentence.end]:
            assert {MARKS["machines"], MARKS["past"], MARKS["name"]} <= marks
        else:
            assert {MARKS["power"], MARKS["place"]} <= marks
    inside = [(one.window, one.first, one.first + len(one.pieces)) for one in placed]
    assert all(a[0] < b[0] or a[2] <= b[1] for a, b in itertools.pairwise(inside))


def test_of_a_sentence_of_too_many_pieces_the_beginning_is_read() -> None:
    text = "miners " + "7, " * 480
    found = run(load_pipeline(exclude=("rigwire_encoder", "rigwire_companies")), text, None, None)
    windows, placed = cut_windows(found)
    assert [len(window.ids) <= LONGEST for window in windows] == [True]
    last = placed[0].first + len(placed[0].pieces)
    assert placed[0].rows(len(text) - 3, len(text)) == (last - 1, last)


def test_the_same_word_has_another_vector_in_another_sentence() -> None:
    view = scan("Acme switched off 40 MW. Acme contracted 40 MW.", None, None)
    first, second = (view.vector((m.start, m.end)) for m in view.measures)
    assert not np.allclose(first, second)
    again = scan("Acme switched off 40 MW. Acme contracted 40 MW.", None, None)
    assert np.array_equal(first, again.vector((view.measures[0].start, view.measures[0].end)))


def test_what_can_state_nothing_is_not_read() -> None:
    assert scan("It rained all day.", None, None).encoding is None
    assert scan("It has 40 MW.", None, None).encoding is not None


def test_heads_know_as_many_labels_as_the_codebook() -> None:
    vectors = np.zeros((2, 384), dtype=np.float32)
    around = heads.look_around(Encoding([vectors], []), [(0, 0, 1), (0, 1, 2)], vectors)
    assert heads.type_scores(vectors, around).shape == (2, 19)
    assert heads.status_scores(vectors, ["order", "none"]).shape == (2, 4)
    assert heads.action_scores(vectors).shape == (2, 5)
    scores, acts = heads.act_scores(vectors)
    assert scores.shape == (18,)
    assert acts.shape == (18, 384)


@pytest.mark.parametrize("start", [0, 100, 199])
def test_a_figure_asks_the_pieces_within_reach_and_no_others(start: int) -> None:
    rows = np.random.default_rng(1).standard_normal((200, 384)).astype(np.float32)

    def asked(changed: int) -> bool:
        other = rows.copy()
        other[changed] += 5.0
        first, second = (
            heads.look_around(Encoding([window], []), [(0, start, start + 1)], rows[[start]])
            for window in (rows, other)
        )
        return not np.allclose(first, second, atol=1e-5)

    near = range(max(0, start - heads.REACH), min(200, start + heads.REACH + 1))
    assert [number for number in range(200) if asked(number)] == [*near]
