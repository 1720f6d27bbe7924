"""The same text on several sites: kept, linked, counted once, in whatever order it comes."""

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_builders import article, event, machines, save

from rigwire.model import Article, Extraction
from rigwire.resemblance import bands, is_same_text, wording
from rigwire.store import Store, open_database

RELEASE = (
    "Quillon Mining said on Tuesday that it has switched on 4,200 machines at its hall near Abilene, Texas. "
    "The machines add 0.61 EH/s and bring the company to 3.4 EH/s in all. The hall draws 35 MW from a wind farm "
    "that belongs to a cooperative of eleven towns.\n\nThe company ordered the machines in January, paid half of the "
    "price at once and took out a loan of $18 million for the rest. Its chief engineer, Ada Brink, called the hall "
    "the quietest that she has worked in, since immersion cooling leaves no fans to run at night."
)
REPORT = (
    "Quillon Mining mined {} bitcoin in {}, after {} in the month before. It ended the month with {} machines at work "
    "and {} EH/s, sold {} bitcoin to pay for power, and holds {} bitcoin. The halls in Texas were off for {} hours, as "
    "the grid operator asked all large loads to stand down while the heat lasted. The company publishes these figures "
    "on the third working day of each month, before the accounts are audited, and will not comment on them further."
)


def at(site: str, text: str = RELEASE, published: str | None = "2024-05-21", **changes: Any) -> Article:
    url = f"https://{site}.example/quillon"
    return article(url=url, canonical_url=url, text=text, published=published, **changes)


def store_count(store: Store, document: Article, value: float = 4200.0) -> int:
    """Store a document that states one count of machines."""
    found = Extraction(document, events=(event("deployment", machines(value)),))
    return save(store, document, found).article_id


def counted(store: Store) -> list[str]:
    return [row["url"].split("/")[2][:-8] for row in store.rows("select url from machine_counts order by url")]


def originals(store: Store) -> dict[str, str | None]:
    """Which site's text each site's article repeats."""
    rows = store.rows(
        "select a.canonical_url as url, b.canonical_url as first from articles as a"
        " left join articles as b on b.id = a.same_text_as"
    )
    return {site(row["url"]): site(row["first"]) if row["first"] else None for row in rows}  # type: ignore[misc]


def site(url: str) -> str:
    return url.split("/")[2].removesuffix(".example")


COPIES = {
    "word for word": RELEASE,
    "cut short": RELEASE.rpartition(" Its chief engineer")[0],
    "with an introduction": f"Abilene, May 21 (Wire). The following is a statement of the company.\n\n{RELEASE}",
    "a few words changed": RELEASE.replace("on Tuesday", "Tuesday").replace("quietest", "most quiet"),
    "other spelling of figures": RELEASE.replace("4,200", "4200").replace(" near", " close to"),
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES.keys())
def test_a_copy_is_kept_linked_and_counted_once(store: Store, copy: str) -> None:
    store_count(store, at("wire"))
    store_count(store, at("daily", copy, "2024-05-22"))
    assert originals(store) == {"wire": None, "daily": "wire"}
    assert counted(store) == ["wire"]
    assert store.rows("select count(*) as n from events")[0]["n"] == 2
    assert store.rows("select url, copies from latest_articles") == [
        {"url": "https://wire.example/quillon", "copies": 1}
    ]


OTHERS = {
    "another figure": RELEASE.replace("4,200", "2,400").replace("0.61", "0.35").replace("35 MW", "20 MW"),
    "a story about it": (
        "Texas has one more mine. Quillon Mining has switched on 4,200 machines near Abilene, which draw 35 MW from a "
        "wind farm, and brings the company to 3.4 EH/s in all. Neighbours who feared noise were asked to listen: with "
        "immersion cooling there are no fans. The loan of $18 million that paid for half of it has to be paid back by "
        "2027, and analysts of three banks doubt that it can be, as the reward for each block has halved since."
    ),
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS.keys())
def test_another_text_on_the_same_matter_counts_for_itself(store: Store, text: str) -> None:
    store_count(store, at("wire"))
    store_count(store, at("daily", text))
    assert originals(store) == {"wire": None, "daily": None}
    assert counted(store) == ["daily", "wire"]


def test_the_report_of_the_next_month_is_no_copy(store: Store) -> None:
    store_count(store, at("may", REPORT.format(410, "May", 399, "88,000", 9.1, 120, "9,100", 31), "2024-06-05"))
    store_count(store, at("june", REPORT.format(389, "June", 410, "88,500", 9.2, 90, "9,399", 55), "2024-07-03"))
    assert originals(store) == {"may": None, "june": None}


def test_the_same_words_weeks_later_are_no_copy(store: Store) -> None:
    store_count(store, at("may", published="2024-05-21"))
    store_count(store, at("june", published="2024-06-21"))
    assert originals(store) == {"may": None, "june": None}


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_group_does_not_depend_on_the_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    """The middle one is like both others, which are less like each other; the last is another story."""
    documents = [
        at("full", f"{RELEASE} {REPORT.format(1, 'May', 2, 3, 4, 5, 6, 7)[:300]}", "2024-05-22"),
        at("middle", RELEASE, "2024-05-21"),
        at("short", RELEASE[:430], "2024-05-23"),
        at("other", REPORT.format(410, "May", 399, "88,000", 9.1, 120, "9,100", 31), "2024-05-21"),
    ]
    with open_database(tmp_path / "copies.db") as store:
        for number in order:
            store_count(store, documents[number])
        assert originals(store) == {"full": None, "middle": "full", "short": "full", "other": None}


def test_an_edit_leaves_the_group_and_the_others_find_a_new_first(store: Store) -> None:
    for name, day in (("wire", "2024-05-20"), ("daily", "2024-05-21"), ("weekly", "2024-05-22")):
        store_count(store, at(name, published=day))
    assert originals(store) == {"wire": None, "daily": "wire", "weekly": "wire"}
    store_count(store, at("wire", OTHERS["a story about it"], "2024-05-20"))
    assert originals(store) == {"wire": None, "daily": None, "weekly": "daily"}
    store_count(store, at("wire", published="2024-05-20"))
    assert originals(store) == {"wire": None, "daily": "wire", "weekly": "wire"}


def test_a_copy_without_facts_does_not_hide_those_of_another(store: Store) -> None:
    save(store, at("wire", published="2024-05-20"), None)
    store_count(store, at("daily"))
    assert counted(store) == ["daily"]
    store_count(store, at("wire", published="2024-05-20"))
    assert counted(store) == ["wire"]


def test_walls_and_short_texts_are_no_copies(store: Store) -> None:
    for name in ("wire", "daily"):
        save(store, at(name, kind="paywall"), None)
    for name in ("a", "b"):
        save(store, at(name, "Bitcoin rose on Monday. More will follow."), None)
    assert set(originals(store).values()) == {None}
    assert store.rows("select * from text_bands") == []


def test_bands_from_elsewhere_link_the_same_copies(store: Store) -> None:
    save(store, at("wire"), None)
    save(store, at("daily"), None, own_bands=bands(RELEASE))
    assert originals(store) == {"wire": None, "daily": "wire"}
    save(store, at("weekly"), None, own_bands=())
    assert originals(store)["weekly"] is None


WORDS = st.lists(st.sampled_from("hash rate mine power hall grid site firm load cool fan rack".split()), min_size=80)


@settings(deadline=None)
@given(WORDS, st.integers(0, 79))
def test_a_text_is_its_own_copy_and_likeness_is_mutual(words: list[str], cut: int) -> None:
    one, other = wording(" ".join(words), None), wording(" ".join(words[cut:]), None)
    if bands(" ".join(words)) and bands(" ".join(words[cut:])):
        assert is_same_text(one, one)
        assert is_same_text(one, other) == is_same_text(other, one)
