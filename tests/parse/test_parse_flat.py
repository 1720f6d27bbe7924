"""Flat text: what is not the article goes, no sentence of the article with it, and no character changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parse_pages import PARAGRAPHS

from rigwire.model import Hints
from rigwire.parse import parse_text
from rigwire.parse.flat import clean_text

PLAIN = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "tail",
    [
        "About the author: Ana Ruiz has written about power since 2017. She keeps two dogs and one loud rig.",
        "Ana Ruiz covers energy for Hash Watch. Before that she sold insurance.",
        "Ana Ruiz is an economist. Her book is out now.\n\nThe views expressed are the author's own.",
        "Graduated from a business school, I love to tell you all about the blockchain.",
        "The views, thoughts and opinions expressed here belong solely to the author and are not investment advice.",
        "Disclaimer: This is a sponsored article. Do your own research.",
        "Sign up for our daily newsletter, The Morning Rig, and get it before breakfast.",
        "Free coaching/ Receive a free hour of coaching with an expert/ Fill in this form.",
        "Read next: Five things to watch in Ordos | The halving with biscuits",
        "Follow us on X and LinkedIn. © 2024 Hash Watch Ltd.",
        "Plus d’actions\n\nBack To Top",
        "© Copyright Hash Watch - tous droits réservés\n\nAgence Zéphyr",
        "Forward-Looking Statements\n\nThe Company means to reach 90 EH/s.\n\nReaders should not rely on it.",
        "Non-GAAP Measures\n\nAdjusted EBITDA excludes the cost of peppers.",
        "For further information, please contact: Li Na, +86 555 0100 200",
        "Contact Details\n\nLi Na\n\n+86 555 0100 200\n\nli@dunerack.example",
        "Featured photo by L. Ortiz on Unsplash.",
        "View source version on wirehouse.example: https://wirehouse.example/news/1",
        "Tags: bitcoin, Ordos, peppers",
        "À lire aussi : Ninety rigs under a school",
        "Trading involves risk. Hash Watch accepts no liability for losses.",
        "About Ana Ruiz: Ana has covered power for ten years.",
        "Join our Telegram channel for breaking news!",
        "Want to learn how to mine from home? Book a free call of 30 minutes with our experts today.",
        "Get 20% off your first miner with code RIG20.",
        "Подписывайтесь на наш канал",
        "Abonnieren Sie unseren Newsletter",
        "READ MORE ABOUT: bitcoin, Ordos, peppers",
        "[Read the full article here]",
        "Devamını oku",
        "Previous: Old peppers\nNext: New peppers",
        "0:00 / 3:45",
        "Terms of Use | Privacy Policy | Cookie Policy",
        "What do you think? Let us know in the comments below!",
        "If you enjoyed this article, consider buying us a coffee.",
        "SOURCE Dune Rack Inc.",
        "- END -",
        "Editor's note: This story was updated to add a comment of the utility.",
    ],
)
def test_tails_go(tail: str) -> None:
    assert clean_text(f"{PLAIN}\n\n{tail}") == PLAIN


COUNTERS = [
    "{} views", "Views: {}", "Read {} times", "{} people like this", "Просмотров: {}", "{} Aufrufe", "{} lecturas",
    "Rating: 4.5/5 ({} votes)", "Posted {} hours ago", "Updated {} minutes ago", "hace {} horas", "{} shares",
    "You have {} free articles left this month.",
]  # fmt: skip


@pytest.mark.parametrize("counter", COUNTERS)
@pytest.mark.parametrize("place", range(4))
def test_counters_and_running_times_go_wherever_they_stand(counter: str, place: int) -> None:
    lines = list(PARAGRAPHS)
    lines.insert(place, counter.format(17))
    assert clean_text("\n\n".join(lines)) == PLAIN


@pytest.mark.parametrize("stamp", ["6 May 2024, 10:35", "Updated: May 6, 2024 at 10:35 am ET", "9:15", "Today at 9:15"])
def test_a_moment_below_the_article_goes(stamp: str) -> None:
    assert clean_text(f"{PLAIN}\n\n{stamp}") == PLAIN


@pytest.mark.parametrize(
    "sentence",
    [
        "Shares: 12,400,000",
        "Two hours ago the grid operator switched the hall off.",
        "12,400 shares were sold.",
        "The notice was read 40 times aloud.",
        "Votes: 1,204,511 for, 12 against",
    ],
)
def test_a_count_that_the_article_states_stays(sentence: str) -> None:
    text = f"{PARAGRAPHS[0]}\n\n{sentence}\n\n{PARAGRAPHS[1]}"
    assert clean_text(text) == text


@pytest.mark.parametrize(
    "sentence",
    [
        "Lin Bao, who covers the night shift, has written down every outage since 2019.",
        "The county will not accept contact with the grid before the risk has been assessed.",
        "Share of renewable power: 61% in May, after 58% in April.",
        "Subscribers to the county's heating scheme will keep their price.",
        "Its own views on the matter were expressed in a letter to the utility on Tuesday.",
        "Photos from the hall show racks that stand empty.",
        "The disclosure of the contract moved the price of power in Baotou.",
        "Read together, the two letters leave the mine without power from 1 June.",
        "In related news the village of Otog has voted against a second hall.",
        "Copyright law does not protect a hash.",
        "By Monday the first 900 machines were running.",
        "Dune Rack's forward order of 600 machines stands.",
        "New to Texas, the firm has looked for land since May. It will call the contractor next week.",
        "Get 12% more hashrate out of the same power, the maker says of its new fan.",
        "Source: the company's filing of 3 May, which counts 4,200 machines.",
        "Next: a hall in Ohio, which is to open in June with 900 machines.",
        "What do you think a used S19 is worth? Dune Rack sold 900 of them at $400.",
        "Ready to start in June. The training of 40 technicians has begun.",
        "Stay tuned to the grid's frequency, the software switches 300 machines off within a second.",
        "Nobody gave the mine advice on what to do with its investment.",
        "Information provided by the utility shows that the miners have their own substations.",
        "Call options on the shares expire on Friday, the exchange said.",
        "Contact between the two grids on Monday cost 40 MW.",
        "The utility could not reach them at the site on Tuesday.",
        "For more than a year the mine had no contact with the utility, which then cut 30 MW.",
        "Reporting by miners to the ministry is due on 1 June, and 14 of them have not filed.",
        "Source power for the hall is a dam of 40 MW.",
        "The TSX has not yet approved the purchase of 9,000 machines.",
        "This forward-looking plan adds 40 MW by the end of the year.",
        "Bitmain's parent holds a fifth of the site and its 900 machines.",
        "The utility accepts no responsibility for the outage, which hit 12 farms.",
        "Investment in the site carries a risk of flooding, the county wrote.",
        "Important notice: supply to feeder 4 ends on 9 January at 6 a.m.",
        "Updated guidance: 9 EH/s by June",
        "Previously: 3.3 EH/s",
        "More on-site power means fewer cuts: 12 instead of 30.",
        "Lin Bao, who does not give investment advice, moved 900 machines in May.",
        "Register of miners: 61 firms with 900 MW.",
        "Category of users: data centres above 5 MW",
        "Images from the hall show 900 empty racks.",
        "Comments on the draft, which would close 14 mines, are due by 30 June.",
        "Photographs by the police show 900 rigs in a cellar.",
        "Editing the contract took until May.",
        "Advertised power of 40 MW turned out to be 25 MW.",
        "Like the mine in Otog, it runs on 12 MW.",
    ],
)
@pytest.mark.parametrize("place", [1, 3])
def test_sentences_stay(sentence: str, place: int) -> None:
    parts = [*PARAGRAPHS[:place], sentence, *PARAGRAPHS[place:]]
    assert clean_text("\n\n".join(parts)) == "\n\n".join(parts)


def test_last_paragraph_about_somebody_in_the_article_is_no_biography() -> None:
    parts = [*PARAGRAPHS, "Manager Wu Jian ran the hall.", "Wu Jian is a former reporter who came to Ordos in 2014."]
    assert clean_text("\n\n".join(parts)) == "\n\n".join(parts)


def test_about_section_stays_after_the_legal_part() -> None:
    text = (
        f"{PLAIN}\n\nSafe Harbor Statement\n\nThe plans may fail.\n\nAbout Dune Rack Inc.\n\nDune Rack mines in Ordos."
    )
    assert clean_text(text) == f"{PLAIN}\n\nAbout Dune Rack Inc.\n\nDune Rack mines in Ordos."


def test_title_and_byline_above_the_text_go() -> None:
    assert clean_text(f"# Dune Rack doubles\n\nBy Ana Ruiz, Hash Watch\n\n{PLAIN}", "Dune  Rack doubles") == PLAIN


def test_list_lines_stay_lines() -> None:
    text = f"{PARAGRAPHS[0]}\n\n- Otog: 900 machines\n- Dalad: 40 MW\n\n{PARAGRAPHS[1]}"
    assert clean_text(text) == text


def test_text_takes_its_metadata_from_hints() -> None:
    hints = Hints(id="a1", title="Dune Rack doubles", published="May 6, 2024", authors=("Ana Ruiz",), site="Hash Watch")
    article = parse_text(PLAIN, hints, "notes.txt")
    assert (article.id, article.published, article.language, article.kind) == ("a1", "2024-05-06", "en", "article")
    assert article.origins["published"] == "hint"


def test_text_of_boilerplate_alone_is_empty() -> None:
    assert parse_text("Back to top\n\n© 2024 Hash Watch", Hints(), "-").kind == "empty"


@pytest.mark.parametrize("unit", ["Contact | ", "A. ", "not ", "Reporting by ", "views expressed ", "1 ", "- "])
def test_endless_lines_are_read_once(unit: str) -> None:
    """No pattern may try a long line in ever more ways; one that did would not come back."""
    line = (unit * 2_000)[:5_900].strip()
    assert clean_text(f"{PLAIN}\n\n{line}.\n\nThe end of it came on Monday.").startswith(PLAIN)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80), max_size=12))
def test_cleaning_only_leaves_lines_out(lines: list[str]) -> None:
    kept = clean_text("\n\n".join(lines)).split("\n")
    whole = [line.strip() for part in lines for line in part.split("\n")]
    places = iter(whole)
    assert all(line in places for line in kept if line)
