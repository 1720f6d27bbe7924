"""Pages that are no article, as sites word them, and short news that only sounds like one of those."""

import pytest
from parse_pages import PARAGRAPHS, page, paragraphs, parsed

HOME = "Hash Watch"


def bare(body: str, title: str = HOME) -> str:
    """A page that a server or a guard in front of it made, without the site's frame."""
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


def framed(body: str, title: str = HOME) -> str:
    """A page in the site's frame with a headline of its own."""
    return page("", f"<title>{title}</title>").replace("<h1>Dune Rack doubles its fleet in Ordos</h1>", body)


NOT_FOUND = {
    "english": framed("<h1>Oops!</h1><p>We can't find the page you're looking for. It may have been moved.</p>"),
    "removed": framed("<h1>This story is no longer available</h1><p>The article has been removed.</p>"),
    "german": framed("<h1>Seite nicht gefunden</h1><p>Die Adresse gibt es nicht mehr.</p>", "Fehler 404 - Hash Watch"),
    "french": framed("<h1>Page introuvable</h1><p>La page que vous cherchez n'existe pas ou a été déplacée.</p>"),
    "russian": framed("<h1>Страница не найдена</h1><p>К сожалению, запрашиваемая страница не существует.</p>"),
    "server error": bare("<h1>Internal Server Error</h1><p>Something broke.</p>", "500 Internal Server Error"),
    "overload": bare("<h1>503 Service Temporarily Unavailable</h1><hr>nginx", "503 Service Temporarily Unavailable"),
    "maintenance": bare("<h1>Back soon!</h1><p>We're performing some maintenance at the moment.</p>"),
}
SHELLS = {
    "challenge": bare("<p>Verifying you are human. This may take a few seconds.</p>", "Just a moment..."),
    "block": bare(
        "<h1>Please enable cookies.</h1><h2>Sorry, you have been blocked</h2><p>This website is using a security"
        " service to protect itself from online attacks.</p>",
        "Attention Required!",
    ),
    "suspicion": bare(
        "<p>As you were browsing, something about your browser made us think you were a bot. Please make sure"
        " JavaScript and cookies are enabled and reload the page.</p>",
        "Pardon Our Interruption",
    ),
    "spinner": bare("<div class='spinner'>Loading…</div><script src='/main.js'></script>", "Loading…"),
}
CONSENT = {
    "pay or accept": bare(
        "<h1>Wir benötigen Ihre Zustimmung</h1><p>Mit Werbung weiterlesen: Besuchen Sie uns wie gewohnt. Ihre"
        " Zustimmung können Sie jederzeit widerrufen.</p><button>Akzeptieren und weiter</button>"
    ),
    "partners": framed(
        "<h1>Before you continue</h1><p>We and our 842 partners store and access information on your device.</p>"
    ),
}
PAYWALLS = {
    "subscribers": page(
        f"<p>{PARAGRAPHS[0]}</p><h3>This article is for subscribers</h3><p>Subscribe for 1 dollar.</p>"
    ),
    "account": page(f"<p>{PARAGRAPHS[0]}</p><p>To keep reading, create a free account or sign in.</p>"),
    "french": page(f"<p>{PARAGRAPHS[0]}</p><p>Cet article est réservé aux abonnés. Il vous reste 80% à lire.</p>"),
    "german": page(f"<p>{PARAGRAPHS[0]}</p><p>Weiterlesen mit Hash+. Jetzt vier Wochen kostenlos testen.</p>"),
}
TEASERS = "".join(
    f"<div class='teaser'><h3><a href='/s-{n}'>Miner number {n} buys {n}00 machines for its hall</a></h3>"
    f"<p>On Monday the firm number {n} said it had bought some.</p><span>May {n + 1}, 2024</span></div>"
    for n in range(20)
)
LINKS = {
    "section": framed(f"<h1>Mining news</h1>{TEASERS}", "Mining news - Hash Watch"),
    "round-up": framed(
        "<h1>Links of the week</h1>"
        + "".join(
            f"<p><a href='https://x.example/{n}'>Miner {n} buys machines and sells some</a></p>" for n in range(20)
        )
    ),
}
KINDS = {"not_found": NOT_FOUND, "js_shell": SHELLS, "consent": CONSENT, "paywall": PAYWALLS, "links": LINKS}
CASES = [(kind, html) for kind, pages in KINDS.items() for html in pages.values()]
NAMES = [f"{kind}: {name}" for kind, pages in KINDS.items() for name in pages]


@pytest.mark.parametrize(("kind", "html"), CASES, ids=NAMES)
def test_a_page_that_is_no_article(kind: str, html: str) -> None:
    assert parsed(html).kind == kind


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "404 rigs found under a school",
            "Police in Perak found 404 rigs under a school on Monday and took them away.",
        ),
        ("502 machines go online", "Dune Rack has switched on 502 machines in Ordos and will add as many by June."),
        ("Error 404 at the pool: miners lose a day", "A fault of its site kept 900 miners from the pool on Monday."),
        ("Halls stand still", "The hall is undergoing scheduled maintenance until Friday, the company said on Monday."),
        ("Pool's bank account suspended", "The bank suspended the account of the pool on Monday, its owner said."),
        (
            "Netz AG zieht Zustimmung zurück",
            "Die Zustimmung kann sie jederzeit widerrufen, hieß es am Montag in Niebüll.",
        ),
    ],
)
def test_short_news_that_sounds_like_it(title: str, text: str) -> None:
    html = framed(f"<h1>{title}</h1><p>{text}</p>", f"{title} | {HOME}")
    assert parsed(html).kind == "article"


def test_a_whole_article_below_an_offer_to_subscribe() -> None:
    offer = "<div><p>Already a subscriber? Log in. Subscribe to continue to support us.</p></div>"
    assert parsed(page(paragraphs(offer) * 3)).kind == "article"
