"""Raw pages: kept once, given back as they were."""

from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from store_builders import (
    article,
    counts,
    extraction,
    one,
    page,
    save,
)

from rigwire.store import (
    Store,
    last_page,
    open_database,
)
from rigwire.store.pages import save_page


def test_pages_are_kept_once_and_only_while_needed(store: Store) -> None:
    save(store, article(), extraction(), page=page(body=b"first"))
    save(store, article(), None, page=page(body=b"same words, other advert", headers={"etag": '"v2"'}))
    assert counts(store, "pages") == {"pages": 1}
    newest = last_page(store, "https://halcyon.example/news/1")
    assert newest is not None
    assert (newest.body, newest.headers["etag"]) == (b"same words, other advert", '"v2"')
    assert one(store, "select count(*) from articles join pages on pages.id = page_id") == 1
    assert last_page(store, "https://halcyon.example/other") is None


@given(st.binary(max_size=400), st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3))
def test_page_comes_back_as_it_was(body: bytes, headers: dict[str, str]) -> None:
    wanted = page(body=body, headers=headers)
    with TemporaryDirectory() as folder, open_database(f"{folder}/a.db") as store:
        with store.transaction():
            save_page(store, wanted)
        assert last_page(store, wanted.url) == wanted
