"""Which documents are one article, and what counts as an edit of it."""

from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_builders import (
    TEXT,
    article,
    counts,
    extraction,
    one,
    page,
    save,
)

from rigwire.store import (
    Store,
    find_article,
    text_hash,
)

LONG = " ".join(f"Sentence {n} tells of {n * 7} machines." for n in range(20))


def test_other_link_with_the_same_canonical_url_is_the_same_article(store: Store) -> None:
    first = save(store, article(), extraction())
    link = "https://halcyon.example/news/1?utm_source=wire"
    again = save(store, article(url=link), None, page=page(link))
    assert (again.article_id, again.outcome) == (first.article_id, "unchanged")
    assert [row["url"] for row in store.rows("select url from article_urls order by url")] == [
        "https://halcyon.example/news/1", link,
    ]  # fmt: skip


def test_moved_article_is_found_by_the_link_that_led_to_it(store: Store) -> None:
    """The site gave the page a new address and a new headline; the old link redirects there."""
    first = save(store, article(text=LONG), None, page=page())
    moved = article(
        title="A new headline",
        text=LONG + " One more.",
        url="https://halcyon.example/2023/moved",
        canonical_url="https://halcyon.example/2023/moved",
    )
    again = save(store, moved, None, page=page(final_url="https://halcyon.example/2023/moved"))
    assert (again.article_id, again.outcome) == (first.article_id, "revised")


def test_link_that_leads_elsewhere_every_day_does_not_merge_articles(store: Store) -> None:
    latest = "https://halcyon.example/latest"
    first = save(store, article(), extraction(), page=page(latest))
    other = article(
        canonical_url="https://halcyon.example/news/2", url="https://halcyon.example/news/2",
        title="Quite another matter", text="A utility in Norway raised its tariff for data centres in June.",
    )  # fmt: skip
    second = save(store, other, None, page=page(latest, b"two"))
    assert second.outcome == "new"
    assert second.article_id != first.article_id
    assert one(store, "select article_id from article_urls where url = ?", latest) == second.article_id
    assert save(store, article(), None, page=page(latest)).article_id == first.article_id


def test_same_words_on_the_same_site_are_one_article_on_another_site_two(store: Store) -> None:
    def at(url: str) -> Any:
        return article(text=LONG, url=url, canonical_url=url)

    first = save(store, at("https://halcyon.example/a"), None)
    same = save(store, at("https://halcyon.example/b"), None)
    wire = save(store, at("https://wire.example/a"), None)
    assert same.article_id == first.article_id
    assert (wire.outcome, wire.article_id != first.article_id) == ("new", True)


def test_document_without_url_is_known_by_its_words(store: Store) -> None:
    def untitled(text: str) -> Any:
        return article(url=None, canonical_url=None, text=text)

    first = save(store, untitled(TEXT), extraction())
    assert save(store, untitled(TEXT), extraction()).article_id == first.article_id
    assert save(store, untitled(TEXT + " More."), None).outcome == "new"
    assert one(store, "select canonical_url from articles where id = 1").startswith("urn:sha256:")


NOISE = st.sampled_from([" ", "\n\n", "  \t", "\u00a0", " – ", ' "', "... "])


@given(st.lists(NOISE, min_size=1, max_size=8), st.booleans())
def test_white_space_case_and_punctuation_are_no_edit(noise: list[str], is_upper: bool) -> None:
    words = TEXT.split(" ")
    noisy = "".join(word + noise[n % len(noise)] for n, word in enumerate(words))
    assert text_hash("Title", noisy.upper() if is_upper else noisy) == text_hash(" title ", TEXT)


@pytest.mark.parametrize(
    ("before", "after"),
    [("18.2 PH/s", "182 PH/s"), ("$5m", "€5m"), ("5%", "5"), ("1,300", "1,3000"), ("up 3", "down 3")],
)
def test_changed_figure_is_an_edit(before: str, after: str) -> None:
    assert text_hash("T", f"It is {before} now") != text_hash("T", f"It is {after} now")


def test_title_and_text_do_not_run_into_each_other() -> None:
    assert text_hash("one two", "three") != text_hash("one", "two three")


def test_publication_date_that_was_missing_is_an_edit(store: Store) -> None:
    save(store, article(published=None), None)
    assert save(store, article(), extraction()).outcome == "revised"
    assert save(store, article(published=None), None).outcome == "unchanged"
    assert one(store, "select published_day from articles") == "2023-05-03"


def test_wall_in_front_of_a_stored_article_does_not_replace_it(store: Store) -> None:
    save(store, article(), extraction(), page=page())
    wall = article(kind="paywall", text="Subscribe to read on.", title="Subscribe")
    result = save(store, wall, None, page=page(body=b"wall"))
    assert result.outcome == "unchanged"
    assert one(store, "select title from articles") == "Halcyon Rigs moves north"
    assert counts(store, "events", "article_revisions") == {"events": 3, "article_revisions": 0}
    kept = store.rows("select pages.sha256 from articles join pages on pages.id = articles.page_id")
    assert kept == [{"sha256": sha256(page().body).hexdigest()}]


def test_article_behind_a_wall_comes_in_when_the_wall_falls(store: Store) -> None:
    wall = article(kind="paywall", text="Subscribe to read on.")
    assert save(store, wall, None).outcome == "new"
    assert one(store, "select extracted from articles") == "skipped: kind"
    assert save(store, article(), extraction()).outcome == "revised"
    assert one(store, "select extracted from articles") == "done"


def test_find_article_knows_without_writing(store: Store) -> None:
    assert find_article(store, article()) is None
    saved = save(store, article(), extraction())
    known = find_article(store, article(url="https://halcyon.example/x"))
    assert known is not None
    assert (known.id, known.revision, known.unchanged, known.extracted) == (saved.article_id, 1, True, "done")
    assert counts(store, "article_urls") == {"article_urls": 1}
