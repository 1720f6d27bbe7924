"""Hard cases of reading figures, dates, places and firms, one line each: a newcomer adds a case by adding a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigwire.extract.aliases import gather
from rigwire.extract.dates import find_dates
from rigwire.extract.features import only_closes
from rigwire.extract.guesses import GUESS
from rigwire.extract.names import find_names
from rigwire.extract.numbers import find_numbers, parse_words
from rigwire.extract.pipeline import load_pipeline, run, scan
from rigwire.extract.quantities import Measure
from rigwire.extract.sentences import LONGEST, split_sentences
from rigwire.extract.view import View


def scanned(words: str) -> list[Measure]:
    return run(load_pipeline(exclude=("rigwire_encoder", "rigwire_companies")), words, "Mining", None).measures


def figures(words: str) -> list[tuple[str, float, str]]:
    return [(m.kind, m.value, m.qualifier) for m in scanned(words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It bought 2,600 machines.", [("machines", 2600, "exact")]),
        ("It bought 2 600 machines.", [("machines", 2600, "exact")]),
        ("Die Firma hat 18,2 PH/s.", [("hashrate", 18.2, "exact")]),
        ("It holds 1.2k BTC.", [("coins", 1200, "exact")]),
        ("It hosts 160,000-plus miners.", [("machines", 160000, "at_least")]),
        ("It lost three hundred rigs.", [("machines", 300, "exact")]),
        ("It runs eighteen thousand five hundred rigs.", [("machines", 18500, "exact")]),
        ("It spent half a million dollars.", [("money", 500000, "exact")]),
        ("Police closed a dozen farms.", [("sites", 12, "exact")]),
        ("The target is 12.1 to 17.2 EH/s.", [("hashrate", 14650, "range")]),
        ("It runs 64 MW and 22 MW respectively.", [("power", 64, "exact"), ("power", 22, "exact")]),
        ("Halls of 12, 15 and 20 MW.", [("power", 12, "exact"), ("power", 15, "exact"), ("power", 20, "exact")]),
        ("It rose from 7.2 to 7.9 EH/s.", [("hashrate", 7200, "exact"), ("hashrate", 7900, "exact")]),
        ("Miners used 4,400 megawatt-hours.", [("energy", 4400, "exact")]),
        ("It pays 4.5 cents per kilowatt-hour.", [("energy_price", 0.045, "exact")]),
        ("It sells at $55 per MWh.", [("energy_price", 0.055, "exact")]),
        ("It bought 50 Antminer S19 XP machines.", [("machines", 50, "exact")]),
        ("The fleet runs at 21 J/TH.", [("efficiency", 21, "exact")]),
        ("In 2021 it had two 10 MW sites.", [("sites", 2, "exact"), ("power", 10, "exact")]),
        ("Nearly 196 MW were cut.", [("power", 196, "about")]),
        ("Up to 40 MW are meant.", [("power", 40, "at_most")]),
        (
            "Of the 6,300 machines ordered, 4,100 had been energised, of which 2,600 in Kearney.",
            [("machines", 6300, "exact"), ("machines", 4100, "exact"), ("machines", 2600, "exact")],
        ),
        ("RM4.6 million was lost.", [("money", 4600000, "exact")]),
        ("It raised RMB 5 million.", [("money", 5000000, "exact")]),
        ("It raised 27 MUSD, and 1.5 MEUR later.", [("money", 27e6, "exact"), ("money", 1.5e6, "exact")]),
        ("It produced 815 Self-Mined Bitcoin.", [("coins", 815, "exact")]),
        ("Over 200,000 cryptomining equipment was seized.", [("machines", 200000, "at_least")]),
        ("It runs one gigawatt, equal to the load of a city.", [("power", 1000, "exact")]),
        ("It has 12 Bitcoin data centers and 14 Bitcoin.", [("sites", 12, "exact"), ("coins", 14, "exact")]),
        ("It bought 33,280 “next-generation” bitcoin mining machines.", [("machines", 33280, "exact")]),
        ("It hosts 10,000+ miners.", [("machines", 10000, "at_least")]),
        ("It has 300+ MW.", [("power", 300, "at_least")]),
        ("Mining cost $50+ million.", [("money", 50e6, "at_least")]),
        ("It bought 3,000 S17+ units.", [("machines", 3000, "exact")]),
        ("Mining ended in a loss of $(3.4) million.", [("money", 3.4e6, "exact")]),
        (
            "It mined 400 BTC, 34% more than the 300 BTC before.",
            [("coins", 400, "exact"), ("share", 34, "exact"), ("coins", 300, "exact")],
        ),
        ("It adds 7.6 exahashes/s (EH/s).", [("hashrate", 7600, "exact")]),
        ("It sold 3.5 million Thash/s.", [("hashrate", 3500, "exact")]),
        ("Miners stole 80 million kW of electricity.", [("energy", 80000, "exact")]),
        ("The dam gives the mine 1.2 million kW of electricity.", [("power", 1200, "exact")]),
        ("Its machines use 21 watts per TH.", [("efficiency", 21, "exact")]),
        ("A chip of the mine needs 2 watts per core.", []),
        ("It opened a third bitcoin mining site. In the second half its hash rate doubled.", []),
        (
            "It raised the price of power 30% to over 5 cents per kWh.",
            [("share", 30, "exact"), ("energy_price", 0.05, "at_least")],
        ),
        ("See Article 3(2) million-dollar miners.", []),
        ("He spent 5,000 “on mining rigs”.", []),
        ("About a fifth of the world's bitcoin mining left.", [("share", 20, "about")]),
        ("Two-thirds of the global hash rate left, and a third of the miners' revenue.", [("share", 66.7, "exact")]),
        ("The mine seized 5,000 pieces of hardware.", [("machines", 5000, "exact")]),
        (
            "It doubled the contract for the site, which is being built, from 100 MW to 200 MW.",
            [("power", 100, "exact"), ("power", 200, "exact")],
        ),
    ],
)
def test_figures(words: str, expected: list[tuple[str, float, str]]) -> None:
    assert figures(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It ordered 9,000 rigs. Its first 320 left on Monday.", ("machines", 320)),
        ("Genesis sold 400 miners to Soluna and got 20,000 new ones.", ("machines", 20000)),
        ("The hall draws 7 MW. The firm had wanted 18.", ("power", 18)),
        ("It runs four sites. Operators of two in Texas were told.", ("sites", 2)),
        ("Iran has licensed farms. Tavanir cut off 118 of them in July.", ("sites", 118)),
        ("Police stores are full of seized machines. In Johor 985 of them were crushed.", ("machines", 985)),
        ("Police found miners in seven shophouses.", ("sites", 7)),
        ("The ministry disconnected 31 houses in which miners ran.", ("sites", 31)),
        ("Machines ordered from Bitmain last May, 16,700 of them, will mine 45 BTC.", ("machines", 16700)),
    ],
)
def test_a_bare_number_may_be_a_figure_of_the_kind_before_it(words: str, expected: tuple[str, float]) -> None:
    assert expected in [(m.kind, m.value) for m in scanned(words)]


@pytest.mark.parametrize(
    "words",
    [
        "It runs 400 rigs and has 60 employees.",
        "The 7 MW hall was built in 18 months.",
        "It bought 400 rigs for its Phase 2 and paid $300.",
        "A 44-day strike stopped 400 rigs.",
        "The 7 MW hall stands at 12 Dam Road.",
        "At four exahashes it is small, at eight it is not.",
        "It has 3 farms. Under Section 33(5) of the act they are legal.",
        "It has 3 farms. Operation Serengeti 2.0 found them.",
        "The farm draws 12 MW. It shut off halls 3, 4 and 5 at night.",
    ],
)
def test_a_number_with_a_noun_of_its_own_is_no_guess(words: str) -> None:
    assert [m.value for m in scanned(words) if m.noun == GUESS] == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Miners raised it 2.1 EH/s to 21 EH/s.", [("hashrate", 2100, "exact"), ("hashrate", 21000, "exact")]),
        ("Capacity is up 40 MW to 310 MW.", [("power", 40, "exact"), ("power", 310, "exact")]),
        ("It plans 30 MW to 40 MW of mining.", [("power", 35, "range")]),
        (
            "It holds 1,240 mining machines. Duty and penalties may come to another 400,000.",
            [("machines", 1240, "exact")],
        ),
        ("Oman has 96,000 mining machines, 17,000 more than a year ago.", [("machines", 96000, "exact")]),
        ("It will enlarge the campus from 90 to 130 MW.", [("power", 90, "exact"), ("power", 130, "exact")]),
        ("An expansion from 20 to 50 MW is planned.", [("power", 20, "exact"), ("power", 50, "exact")]),
        ("Miners pay $0.03 to $0.05 per kWh.", [("energy_price", 0.04, "range")]),
        ("Miners pay $40-$50 per MWh.", [("energy_price", 0.045, "range")]),
        ("Miners paid $8 million plus interest.", [("money", 8e6, "exact")]),
        ("Miners have 20 MW plus.", [("power", 20, "at_least")]),
        ("Mining took c.40MW of power.", [("power", 40, "about")]),
        ("Miners used 5.5 million kW/h.", [("energy", 5500, "exact")]),
        ("Mining margins rose 300 basis points.", []),
        ("Mining revenue (in $000)", []),
        (
            "| Mining | June | May |\n|---|---|---|\n| Hashrate (EH/s) | 3.4 | 3.3 |",
            [("hashrate", 3400, "exact"), ("hashrate", 3300, "exact")],
        ),
        (
            "| Miner shipments | Units |\n|---|---|\n| First lot | 1,250 |",
            [("machines", 1250, "exact")],
        ),
        ("Seized miners fill the store. Police held two of them.", []),
    ],
)
def test_figures_as_people_write_them(words: str, expected: list[tuple[str, float, str]]) -> None:
    assert [(m.kind, pytest.approx(m.value), m.qualifier) for m in scanned(words)] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Miners' tariff grows from 2.52 soms to 7.56 soms in July.", [("KGS", 2.52), ("KGS", 7.56)]),
        ("The mine gets 60 MW from June 1, at 0.22 yuan per kWh.", [("CNY", 0.22)]),
        ("Miners in Egypt will pay 1.94 pounds a kilowatt-hour.", [("EGP", 1.94)]),
        ("The price of power at the mine is 12.8 tenge.", [("KZT", 12.8)]),
        ("The miner pays $0.06 for power at its sites.", [("USD", 0.06)]),
        ("The miner sells power. It earned $0.06, less than the $0.09 a share of last year.", []),
        ("The miner bought a power plant for $30.", []),
        ("Power for the mine cost 12.8 million tenge.", []),
    ],
)
def test_a_price_of_energy_may_leave_out_its_unit(words: str, expected: list[tuple[str, float]]) -> None:
    assert [(m.currency, m.value) for m in scanned(words) if m.kind == "energy_price"] == expected


def test_a_mined_number_counts_coins() -> None:
    words = "Riot mined 372 bitcoin. It has 3,000 machines. A rival mined 705, and held 52,477."
    assert [(m.kind, m.value) for m in scanned(words)][2:] == [("coins", 705), ("coins", 52477)]


@pytest.mark.parametrize(
    ("words", "currency"),
    [
        ("Tepco of Tokyo spent ¥3 billion on mining.", "JPY"),
        ("Mining in China cost ¥3 billion, more than in Japan.", "CNY"),
        ("Miners pay 4 cents per kWh in Texas. A €5 note and $3 were found.", "USD"),
        ("Miners in Finland pay 4 cents per kWh and €5 a month.", "EUR"),
        ("Iran pays 100 million riyals to whoever reports illegal mining.", "IRR"),
        ("Canadian miners from Toronto paid $3 million.", "CAD"),
        ("Bitfarms, the Canadian miner from Toronto, paid $3 million.", "USD"),
    ],
)
def test_which_currency_a_sign_means(words: str, currency: str) -> None:
    assert scanned(words)[0].currency == currency


@pytest.mark.parametrize(
    ("words", "per"),
    [
        ("Mining brought $23.8 million a year ago.", None),
        ("Mining brings $23.8 million a year.", "year"),
        ("The hashrate was 3.1 EH/s a week earlier.", None),
        ("Miners earn $45/PH/s/day.", "petahash"),
        ("Miners earn $45/PH/day.", "petahash"),
        ("Miners earn $45 per PH/s.", "petahash"),
    ],
)
def test_what_a_figure_is_per(words: str, per: str | None) -> None:
    assert [m.per for m in scanned(words)] == [per]


@pytest.mark.parametrize(
    "words",
    [
        "It was founded in 2021.",
        "The S21 is new.",
        "Call 555 0199.",
        "Phase 2 is next.",
        "The miner closed its placement of 24,000,000 units.",
        "Bhutan bought 434 million units.",
        "For context, an exahash is equal to one million terahashes.",
        "One EH/s equals 1,000 PH/s.",
    ],
)
def test_what_is_no_figure(words: str) -> None:
    assert figures(words) == []


DATED = "2021-06-22"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2021-05-03", "2021-05-03"),
        ("2021/05/03", "2021-05-03"),
        ("03.05.2021", "2021-05-03"),
        ("3 May", "2021-05-03"),
        ("May 3", "2021-05-03"),
        ("from March to May", "2021-03/2021-05"),
        ("2019 to 2021", "2019/2021"),
        ("2020/21", "2020/2021"),
        ("1Q21", "2021-Q1"),
        ("Q3 2020", "2020-Q3"),
        ("second quarter", "2021-Q2"),
        ("first three months of 2021", "2021-Q1"),
        ("the last day of March", "2021-03-31"),
        ("in April", "2021-04"),
        ("year-end", "2021"),
        ("Monday of last week", "2021-06-14"),
        ("by the 25th,", "2021-05-25"),
        ("same month in 2020", "2020"),
        ("last month", "2021-05"),
        ("this week's", "2021-W25"),
        ("yesterday", "2021-06-21"),
        ("on Friday", "2021-06-18"),
    ],
)
def test_each_shape_of_a_date_stands_without_any_other(words: str, value: str) -> None:
    assert [date.value for date in find_dates(f"It came {words}.", DATED)] == [value]


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        ("It said on Monday that it had moved.", DATED, ["2021-06-21"]),
        ("It announced on Tuesday that it had moved.", DATED, ["2021-06-22"]),
        ("It will open on Friday.", DATED, ["2021-06-25"]),
        ("It is expected by 1st July.", DATED, ["2021-07-01"]),
        ("It is expected by 1st July.", None, ["--07-01"]),
        ("On Monday it moved.", None, []),
        ("Supply ends as of 9 a.m. on 19th June.", DATED, ["2021-06-19T09:00"]),
        ("Supply ends at midnight on June 24.", DATED, ["2021-06-24T00:00"]),
        ("Revenue of the third quarter of 2020 rose.", DATED, ["2020-Q3"]),
        ("It will grow in the first half of 2022.", DATED, ["2022-H1"]),
        ("It should run by mid-2024.", DATED, ["2024"]),
        ("By the end of June it will run.", DATED, ["2021-06"]),
        ("It plans this by the end of the year.", DATED, ["2021"]),
        ("Last week it moved.", DATED, ["2021-W24"]),
        ("It moved last year.", DATED, ["2020"]),
        ("It moved from April to September 2020.", DATED, ["2020-04/2020-09"]),
        ("It moved yesterday.", DATED, ["2021-06-21"]),
        ("It had asked in December.", DATED, ["2020-12"]),
        ("It may move, and may not.", DATED, []),
        ("The winter was long; machines last for 12 months.", DATED, []),
        ("On Friday, June 18, it closed.", DATED, ["2021-06-18"]),
        ("The trustees granted it 10 MW from April 1.", DATED, ["2022-04-01"]),
        ("The notice says that homes will be dark as of February 1.", DATED, ["2022-02-01"]),
        ("It leased 10 MW to an AI firm, starting in January.", DATED, ["2022-01"]),
        ("It agreed to pay more, and output fell 20% from December.", DATED, ["2020-12"]),
        ("It held 9 BTC as of May 31.", DATED, ["2021-05-31"]),
        ("It will be cut off until the end of the month.", DATED, ["2021-06"]),
        ("It wrote on the 19th that 60 MW would be taken off on 1 July.", DATED, ["2021-06-19", "2021-07-01"]),
        ("The ban begins on 1 July.\n\nOne firm was told on the 9th.", DATED, ["2021-07-01", "2021-06-09"]),
        ("It was warned on 3 May and went dark on the 25th.", DATED, ["2021-05-03", "2021-05-25"]),
        ("It leased a hall in April.\n\nThe first rigs came on the 25th.", DATED, ["2021-04", "2021-05-25"]),
        ("Owners have until the 9th to leave.", DATED, ["2021-07-09"]),
        ("No word by the 9th, no licence.", DATED, ["2021-07-09"]),
        ("A farm of the 19th century stands on the 3rd floor.", DATED, []),
        ("It switched on 12 MW, and another 8 MW follow in April.", DATED, ["2022-04"]),
        ("April 30\tMarch 31", DATED, ["2021-04-30", "2021-03-31"]),
        ("On May 5 the price rose from 3.14 to 5.2 US cents.", DATED, ["2021-05-05"]),
        ("In May it mined 90 BTC. It held 300 at the end of the month.", DATED, ["2021-05", "2021-05"]),
        ("In March the miner mined 90 BTC. It held 300 at the end of the month.", "2024-05-06", ["2024-03", "2024-03"]),
        ("In 2019 it mined 90 BTC. It held 300 at month-end.", DATED, ["2019", "2021-05"]),
        ("It held 300 at the start of the month-long moratorium.", DATED, []),
        ("The miner will have 5 EH/s in March.", DATED, ["2022-03"]),
        ("It said it ships 300 rigs this Thursday.", DATED, ["2021-06-24"]),
        ("It aims to expand to Texas and acquired a site there in September.", DATED, ["2020-09"]),
        ("It held 300 at the end of the month.", None, []),
        ("It was stopped last night and restarted this morning.", DATED, ["2021-06-21", "2021-06-22"]),
        ("It filed for bankruptcy this Wednesday.", "2021-06-25", ["2021-06-23"]),
        ("It will open this Wednesday.", DATED, ["2021-06-23"]),
        ("A first 40 MW is due in 2026, all of it by the end of that year.", DATED, ["2026", "2026"]),
        ("He had said that mining must stop until Sept. 22.", DATED, ["2021-09-22"]),
        ("It had mined 90 BTC by Sept. 22.", DATED, ["2020-09-22"]),
        ("The second quarter must have ended in a loss.", "2021-07-05", ["2021-Q2"]),
        ("The machines are to be received and put to work in the third quarter.", "2021-05-07", ["2021-Q3"]),
        ("It grew in the June quarter and in the March 2020 quarter.", "2021-07-20", ["2021-Q2", "2020-Q1"]),
        ("It grew in the May quarter.", DATED, ["2021-05"]),
        ("A miner that was set up in February has raised $2 million.", "2022-12-06", ["2022-02"]),
        ("The hall was set to open in February.", "2022-12-06", ["2023-02"]),
        ("Last May it stood still. Last August was better.", DATED, ["2021-05", "2020-08"]),
        ("It will get 250 rigs in April 2022 and the others by August.", DATED, ["2022-04", "2022-08"]),
        ("Of its 100 MW the first half is to be plugged in; the second half waits.", DATED, []),
        ("Revenue fell in the first half; first-half costs rose.", "2021-07-05", ["2021-H1", "2021-H1"]),
    ],
)
def test_dates(words: str, published: str | None, expected: list[str]) -> None:
    assert [date.value for date in find_dates(words, published)] == expected


REPORTED = "2024-08-14"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It mined 3,100 BTC through June 30.", ["2024-06-30"]),
        ("Year-to-date through July 31 it had mined 900 BTC.", ["2024-07-31"]),
        ("In 2023 through July 31 it sold 900 BTC.", ["2023", "2023-07-31"]),
        ("Through August 9, it bought 900 BTC.", ["2024-08-09"]),
        ("It extended the contract through June 30.", ["2025-06-30"]),
        ("Rent is paid through June.", ["2025-06"]),
        ("The order runs through March 31.", ["2025-03-31"]),
        ("It wants the lot running by October and has imported 90 rigs.", ["2024-10"]),
        ("The 30 MW that were to be there by June have not come.", ["2024-06"]),
        ("Until July it paid 2.3 cents.", ["2024-07"]),
        ("The grid company has promised a heavier cable for October.", ["2024-10"]),
        ("What has been signed is an exclusivity agreement to September 30.", ["2024-09-30"]),
        ("It raised the target for Q4 FY25.", ["2025-Q4"]),
        ("It grew in Q1 FY22 and in Q3 FY2023.", ["2022-Q1", "2023-Q3"]),
        ("It grew in Q3-2022 and in Q4/2022.", ["2022-Q3", "2022-Q4"]),
        ("It grew in H1/2022 and in H2 of FY22.", ["2022-H1", "2022-H2"]),
        ("It grew in 2021 Q4 and in FY2022 Q4.", ["2021-Q4", "2022-Q4"]),
        ("The first half of FY24 was good.", ["2024-H1"]),
        ("It fell in the third quarter of FY2023.", ["2023-Q3"]),
        ("Q4 2022 Q1 2023 Q2 2023", ["2022-Q4", "2023-Q1", "2023-Q2"]),
        ("It grew in the quarter ended 31 March 2024.", ["2024-03-31", "2024-Q1"]),
        ("It grew in the quarter to 30 June.", ["2024-06-30", "2024-Q2"]),
        ("It grew in the six months ended 31 December 2023.", ["2023-12-31", "2023-H2"]),
        ("It grew in the year ended December 31, 2023.", ["2023", "2023-12-31"]),
        ("It grew in the twelve months ended June 30, 2024.", ["2023-07/2024-06", "2024-06-30"]),
        ("It grew in the nine months ended 30 September 2023.", ["2023-01/2023-09", "2023-09-30"]),
        ("It grew in the quarter ended 1 August.", ["2024-05/2024-07", "2024-08-01"]),
        ("It grew in the month ended July 31.", ["2024-07", "2024-07-31"]),
        ("It fell in the last quarter of 2022.", ["2022-Q4"]),
        ("It mined 90 BTC in the week of August 5.", ["2024-W32"]),
        ("It mined 90 BTC in the week ended Friday, 9 August.", ["2024-W32"]),
        ("It mined 90 BTC in the week to Wednesday, August 7.", ["2024-W31"]),
        ("It mined 90 BTC in the week of August 5-9.", ["2024-08-05", "2024-08-09"]),
        ("It mined 90 BTC in the second week of August.", ["2024-08"]),
        ("It was put off last week to September 30, 2024.", ["2024-09-30", "2024-W32"]),
        ("It rose against last year's second quarter.", ["2023-Q2"]),
        ("It beat the third quarter of last year, and 2022’s first half.", ["2022-H1", "2023-Q3"]),
        ("It mined 90 BTC from July 3 through 9.", ["2024-07-03", "2024-07-09"]),
        ("It mined 90 BTC on 1 through 15 July.", ["2024-07-01", "2024-07-15"]),
        ("It sold 90 BTC from February 10 to 20.", ["2024-02-10", "2024-02-20"]),
        ("It has run since the first of June.", ["2024-06-01"]),
        ("It earned $9 million in the six months to June 2024.", ["2024-06", "2024-H1"]),
        ("It brought the opening forward by 6 months to April 2025.", ["2025-04"]),
        ("The bureau issued a notice demanding that all stop by Sunday.", ["2024-08-18"]),
        ("It closed from December 28 through January 3.", ["2023-12-28", "2024-01-03"]),
        ("It must rest from 6 a.m. on Dec. 1 until 10 p.m. on March 31.", ["2024-12-01T06:00", "2025-03-31T22:00"]),
    ],
)
def test_dates_of_a_report(words: str, expected: list[str]) -> None:
    assert sorted(date.value for date in find_dates(words, REPORTED)) == expected


def test_dates_after_letters_that_are_two_in_lower_case() -> None:
    text = "İstanbul, İzmir, İznik, İnegöl\nMarch 5, 2024 was the day."
    assert [(text[d.start : d.end], d.value) for d in find_dates(text, None)] == [("March 5, 2024", "2024-03-05")]


def codes(words: str) -> list[str]:
    return [place.code for place in scan(words, None, None).places]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The miner runs a site in Tbilisi, and Georgia taxes it.", ["GE-TB", "GE"]),
        ("The miner runs sites in Texas and Georgia.", ["US-TX", "US-GA"]),
        ("The miner runs sites in Iceland and Georgia and builds one in Canada.", ["IS", "GE", "CA"]),
        ("The miner runs sites in Canada, the United States and Georgia.", ["CA", "US", "GE"]),
        ("Within the US, Georgia has the most miners.", ["US", "US-GA"]),
        ("Miners left New England for Texas, says the Cambridge index.", ["US", "US-TX"]),
        ("It moved to Wenatchee in Washington state.", ["US-WA", "US-WA"]),
        ("The miner has a site near Jessup, Georgia, and one in Maine.", ["US-GA", "US-ME"]),
        ("The miner left Mestia, Georgia.", ["GE-SZ", "GE"]),
        (
            "The miner moved from Kingston, Ontario, to Lloydminster, Saskatchewan.",
            ["CA-ON", "CA-ON", "CA-SK", "CA-SK"],
        ),
        ("(Translated from Chinese.) The mine is in Russia.", ["RU"]),
        ("The Chinese firm left Sichuan.", ["CN", "CN-SC"]),
        ("Luxor bought the pool.", []),
        ("It trades on the New York Stock Exchange.", []),
    ],
)
def test_places(words: str, expected: list[str]) -> None:
    assert codes(words) == expected


def firms(words: str) -> list[str]:
    return [company.name for company in scan(words, None, None).companies]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Acme Mining Ltd. (NYSE: ACM), a bitcoin miner, said that it runs 400 machines. Acme sold ten.",
            ["Acme Mining"],
        ),
        ("Riot Platforms said that Riot mined 400 bitcoin.", ["Riot Platforms"]),
        ("The Ministry of Energy told Bitmain to wait.", ["Bitmain"]),
        ("Fjordvolt, a miner based in Bergen, runs 2,100 machines.", ["Fjordvolt"]),
        ("The firm ordered 400 Bitmain Antminer S21 rigs for its mine.", ["Bitmain"]),
        ("Take Riot Platforms Inc., for one: the miner runs 1 GW.", ["Riot Platforms"]),
        ("Argo Blockchain Plc sold 400 machines. Argo mines in Texas.", ["Argo Blockchain"]),
        (
            "The miner bought rigs from Halcyon Holdings Inc. Riot Platforms mines too.",
            ["Halcyon Holdings", "Riot Platforms"],
        ),
        (
            "The mine is owned by Tokyo Electric Power Co. Holdings Inc. and has 20 MW.",
            ["Tokyo Electric Power Holdings"],
        ),
        ("Compass said on Tuesday that it hosts 20 MW of miners in Maine.", ["Compass"]),
        ("Hunting for megawatts goes on. Bitmain mines.", ["Bitmain"]),
        ("BIT Mining Limited (NYSE: BTCM) sold 300 machines. BTCM fell.", ["BIT Mining"]),
        (
            "Southern California Edison cut off the miner. Edison said that it would restore 3 MW.",
            ["Southern California Edison"],
        ),
        ("LLC BitRiver-B mines in Buryatia.", ["BitRiver-B"]),
        ("Bitdeer mines in Norway.\n\nBitdeer Gears Up For 2025 The Bitdeer stock rose.", ["Bitdeer"]),
        ("Fynbo Energi A/S ended its hosting agreement with NordHash ApS, a miner.", ["Fynbo Energi", "NordHash"]),
        ("The miner said Argent Peak Mining Corp. (“Argent Peak”) bought 400 rigs.", ["Argent Peak Mining"]),
        ("Cohen & Company Capital Markets lent the miner $4 million.", ["Cohen & Company Capital Markets"]),
        ("BitNile Inc. mines bitcoin in Michigan. BitNile sold 300 machines on Monday.", ["BitNile"]),
        ("Tallow Data Co-operative, a miner, runs 20 MW in Utah.", ["Tallow Data Co-operative"]),
        ("Tallow Hosting Co-location, a miner, runs 20 MW in Utah.", ["Tallow Hosting Co-location"]),
        ("American Bitcoin mining firm CleanSpark runs 20 MW in Utah.", ["CleanSpark"]),
        ("American Bitcoin mines with 20 MW in Utah.", ["American Bitcoin"]),
        ("Riot says that its Whinstone data center has 750 MW.", ["Riot"]),
        ("Riot exchanged the $37.9 million of the Anchorage Loan for shares.", ["Riot"]),
        ('Under "Larkin Mining Announces Output", Larkin Mining Corp. stated 1.1 EH/s.', ["Larkin Mining"]),
        ("Bitdeer mines in Norway.\n\nAI And Data Center Advancements Bitdeer also has 570 MW.", ["Bitdeer"]),
    ],
)
def test_firms(words: str, expected: list[str]) -> None:
    assert firms(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("We at Argent Peak mine.\n\nChief Executive Officer, Argent Peak Mining Group", "Argent Peak Mining Group"),
        ("We mine with 900 machines.\n\nMarianne Dell\nChair, Ospry Mining Group", "Ospry Mining Group"),
        ("We mine.\n\nWhy Everybody Loves Ospry Mining Group", None),
    ],
)
def test_headings_give_the_full_name_of_a_known_firm_and_of_who_signs(words: str, expected: str | None) -> None:
    sentences, avoid = split_sentences(words), bytearray(len(words) + 1)
    candidates = gather(words, sentences, find_names(words, sentences, avoid), avoid)
    assert [c.forms[0] for c in candidates if "Mining" in c.forms[0]] == ([expected] if expected else [])


def test_a_former_name_does_not_bring_todays_ticker() -> None:
    found = scan("BIT Mining moved 320 machines. Riot Platforms did not.", None, None).companies
    assert [(company.name, company.ticker) for company in found] == [("BIT Mining", None), ("Riot Platforms", "RIOT")]


def test_the_pipeline_has_these_components() -> None:
    assert load_pipeline().pipe_names == [
        "rigwire_sentences",
        "rigwire_dates",
        "rigwire_machines",
        "rigwire_quantities",
        "rigwire_names",
        "rigwire_encoder",
        "rigwire_companies",
    ]


_UNITS = {"EH/s": ("hashrate", 1000), "PH/s": ("hashrate", 1), "MW": ("power", 1), "GW": ("power", 1000)}


@given(st.integers(1, 999_999), st.sampled_from(sorted(_UNITS)))
def test_a_printed_figure_is_read_back(value: int, unit: str) -> None:
    kind, factor = _UNITS[unit]
    for printed in (f"{value:,}", f"{value}"):
        assert figures(f"It has {printed} {unit} now.") == [(kind, value * factor, "exact")]


_ONES = "one two three four five six seven eight nine".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


@given(st.integers(1, 9), st.integers(2, 9), st.integers(1, 9))
def test_a_spelled_number_is_read_back(thousands: int, tens: int, ones: int) -> None:
    words = f"{_ONES[thousands - 1]} thousand {_TENS[tens - 2]}-{_ONES[ones - 1]}"
    assert parse_words(words) == thousands * 1000 + tens * 10 + ones


@given(st.text(alphabet="aB1,.- \n$%'’M0", max_size=300))
def test_any_text_is_read_and_every_span_lies_in_it(words: str) -> None:
    assert all(0 <= n.start < n.end <= len(words) for n in find_numbers(words))
    assert all(words[d.start : d.end] == d.text for d in find_dates(words, DATED))
    view: View = scan(words, None, DATED)
    assert all(words[m.start : m.end] == m.text for m in view.measures)
    covered = "".join(words[s.start : s.end] for s in split_sentences(words))
    assert covered.replace(" ", "").replace("\n", "") == words.replace(" ", "").replace("\n", "")


def test_what_has_no_end_is_cut_between_words() -> None:
    text = "miners and " * 2000
    sentences = split_sentences(text)
    assert all(s.end - s.start <= LONGEST for s in sentences)
    assert " ".join(text[s.start : s.end] for s in sentences) == text.strip()


@pytest.mark.parametrize(
    ("words", "closes"),
    [
        ("The ministry ordered 26 mining farms to close.", True),
        ("Miners were told to shut down 26 farms by Sunday.", True),
        ("It ordered 26 mining farms to close and disconnected them.", False),
        ("Supply to 26 mining farms is suspended.", False),
        ("The regional grid company shut down 26 mining farms.", False),
        ("KEGOC shut 26 mining farms on Friday.", False),
    ],
)
def test_an_order_to_close_is_told_from_an_end_of_supply(words: str, closes: bool) -> None:
    assert only_closes(scan(words, None, None), words.index("26")) is closes
