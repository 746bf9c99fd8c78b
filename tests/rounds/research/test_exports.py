"""What research gets: complete, explained, the same for all, and without what is not for it."""

import pytest
from django.contrib.auth.models import Group
from django.core.management.utils import get_random_secret_key
from django.utils import timezone

from leitfaden.models import Document
from leitfaden.rounds import deciding, planning, proposing, reviewing, voting
from leitfaden.rounds.models import Outcome, Phase, Position, Round, Stance
from leitfaden.rounds.permissions import researches
from leitfaden.rounds.research.material import Material
from leitfaden.rounds.research.pseudonyms import CARRIER, pseudonym
from leitfaden.rounds.research.tables import TABLES
from lotsen.models import CarrierMembership
from tests.factories import UserFactory
from tests.rounds.research.conftest import SECRETS
from tests.rounds.research.exports import data, downloaded, files, tables, url
from tests.rounds.rounds import (
    admitted,
    as_participant,
    carrier,
    judge,
    let_it_be,
    position,
    reworded,
    running_round,
)
from tests.rounds.writing.pages import text_of
from vielfalt.accounts.models import Role, User

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate().isoformat


@pytest.fixture
def browser(evaluator, client_of):
    return client_of(evaluator)


@pytest.fixture
def names(studied, hanau, fulda):
    """The pseudonyms of the carriers, as the server makes them."""
    return {one: pseudonym(CARRIER, studied, as_participant(studied, one).pk) for one in (hanau, fulda)}


def test_all_tables(studied, browser, hanau, fulda, names):
    found = tables(downloaded(browser, "csv_export", studied))
    assert set(found) == {table.name for table in TABLES}
    assert found["runde"][0] | {"vorschlagen_ab": "", "besprechen_ab": "", "abstimmen_ab": "", "abstimmen_bis": ""} == {
        "runde": "1",
        "titel": "Frühjahrsrunde",
        "stand": "laeuft",
        "vorschlagen_ab": "",
        "besprechen_ab": "",
        "abstimmen_ab": "",
        "abstimmen_bis": "",
        "quorum": "1",
        "traeger": "2",
    }
    assert sorted(found["traeger"], key=lambda row: row["vorschlaege"]) == [
        {"traeger": names[fulda], "vorschlaege": "0", "positionen": "1", "beitraege": "1"},
        {"traeger": names[hanau], "vorschlaege": "1", "positionen": "0", "beitraege": "0"},
    ]
    assert found["vorschlaege"] == [
        {
            "vorschlag": "1",
            "fassung": "1",
            "traeger": names[hanau],
            "mit_traegern": "",
            "stand": "zugelassen",
            "eingegangen_in": "",
            "zugelassen_am": TODAY(),
            "nur_sprachlich": "nein",
            "zustimmung": "0",
            "leichte_bedenken": "0",
            "schwere_bedenken": "1",
            "veto": "0",
            "enthaltung": "0",
            "konsens": "kein-konsens",
        }
    ]
    assert found["fassungen"] == [
        {
            "vorschlag": "1",
            "fassung": "1",
            "eingereicht_am": TODAY(),
            "titel": f"[{names[hanau]}] wünscht mehr",
            "begruendung": "Das ist verständlicher.",
            "empfehlung": "aendern",
            "empfehlung_begruendung": "Fast gut.",
        }
    ]
    [change] = found["aenderungen"]
    assert change["kennung"]
    assert change | {"kennung": ""} == {
        "vorschlag": "1",
        "fassung": "1",
        "aenderung": "1",
        "art": "ersetzen",
        "kennung": "",
        "stelle": "absatz",
        "ort": "Modul 1: Rolle und Aufgaben › Einführung",
        "alt": "eins",
        "neu": "eins muss 3",
        "umfang": "2 Wörter hinzugefügt",
        "zahl": "ja",
        "verbindlichkeit": "ja",
        "verneinung": "nein",
    }


def test_positions_have_their_history(studied, browser, fulda, names):
    found = tables(downloaded(browser, "csv_export", studied))["positionen"]
    common = {"vorschlag": "1", "fassung": "1", "traeger": names[fulda], "am": TODAY(), "phase": "besprechen"}
    assert found == [
        {
            **common,
            "aeusserung": "1",
            "position": "leichte-bedenken",
            "begruendung": f"Wir, [{names[fulda]}], sind nicht überzeugt.",
            "zaehlt": "nein",
        },
        {
            **common,
            "aeusserung": "2",
            "position": "schwere-bedenken",
            "begruendung": "Fragen Sie [Name], [E-Mail], [Telefon].",
            "zaehlt": "ja",
        },
    ]


def test_what_a_carrier_confirmed_is_its_own(studied, browser, proposal, alice, hanau, names):
    voting.confirm_position(position=Position.objects.get(is_confirmed=False), by=alice)
    found = tables(downloaded(browser, "csv_export", studied))["positionen"]
    assert [(row["position"], row["zaehlt"]) for row in found if row["traeger"] == names[hanau]] == [("veto", "ja")]


def test_positions_on_an_earlier_wording_do_not_count(studied, browser, proposal, alice, bob, fulda):
    reworded(proposal, "eins muss 3", "eins muss 4", alice)
    position(proposal, fulda, bob, Stance.AGREE)
    found = tables(downloaded(browser, "csv_export", studied))
    assert [(row["fassung"], row["position"], row["zaehlt"]) for row in found["positionen"]] == [
        ("1", "leichte-bedenken", "nein"),
        ("1", "schwere-bedenken", "nein"),
        ("2", "zustimmung", "ja"),
    ]
    assert [row["fassung"] for row in found["fassungen"]] == ["1", "2"]
    assert [(row["fassung"], row["neu"]) for row in found["aenderungen"]] == [
        ("1", "eins muss 3"),
        ("2", "eins muss 4"),
    ]


def test_remarks(studied, browser, fulda, names):
    [remark] = tables(downloaded(browser, "csv_export", studied))["beitraege"]
    assert remark["von"] == "traeger"
    assert remark["traeger"] == names[fulda]
    assert remark["text"] == "Frau Dr. [Name] aus unserem Team sieht das anders."


def test_decisions(studied, browser, proposal, staff):
    let_it_be(studied, Phase.CONSOLIDATE)
    judge(proposal, staff, Outcome.DECLINED)
    deciding.postpone_rest(round_=studied, reason="Später.", by=staff)
    head = Document.objects.get(pk=studied.document_id).head
    deciding.consolidate(round_=Round.objects.get(pk=studied.pk), head=head, by=staff)
    found = tables(downloaded(browser, "csv_export", studied))
    assert [(row["vorschlag"], row["ergebnis"], row["begruendung"]) for row in found["entscheidungen"]] == [
        ("1", "abgelehnt", "Das überzeugt.")
    ]
    assert found["vorschlaege"][0]["schwere_bedenken"] == "1"


def test_resistance_once_the_vote_is_over(studied, browser, proposal, hanau, fulda, alice, bob, staff, names):
    rival = admitted(let_it_be(studied, Phase.COLLECT), fulda, bob, ("eins", "eins anders"), staff=staff)
    let_it_be(studied, Phase.VOTE)
    block = proposal.current.changes.get().block
    values = {proposal.current_id: 2, rival.current_id: 7, None: 10}
    voting.resist(round_=studied, block=block, participant=as_participant(studied, hanau), values=values, by=alice)
    assert tables(downloaded(browser, "csv_export", studied))["widerstand"] == []
    let_it_be(studied, Phase.CONSOLIDATE)
    found = tables(downloaded(browser, "csv_export", studied))["widerstand"]
    assert [(row["vorschlag"], row["widerstand"]) for row in found] == [("", "10"), ("1", "2"), ("4", "7")]
    assert {row["traeger"] for row in found} == {names[hanau]}


class TestWhatIsNotInIt:
    @pytest.mark.parametrize("name", ["csv_export", "json_export"])
    def test_nothing_that_is_hidden_and_nobody_by_name(self, studied, browser, name):
        content = downloaded(browser, name, studied)
        text = "".join(files(content).values()) if name == "csv_export" else content.decode()
        people = [name for name in User.objects.values_list("name", flat=True) if " " in name]
        assert "Berta Beispiel" in people
        for word in (*SECRETS.values(), *people, "Lotsen Hanau", "Lotsen Fulda", "example.org", "123456", "Muster"):
            assert word not in text, word

    @pytest.mark.parametrize("name", ["csv_export", "json_export"])
    def test_the_same_for_all_who_may(self, studied, evaluator, hanau, client_of, name):
        first = downloaded(client_of(evaluator), name, studied)
        CarrierMembership.objects.create(organisation=hanau, user=evaluator, role=Role.MANAGER)
        superuser = UserFactory(is_staff=True, is_superuser=True)
        assert downloaded(client_of(evaluator), name, studied) == first
        assert downloaded(client_of(superuser), name, studied) == first

    def test_what_was_withdrawn_is_gone(self, studied, browser, proposal, alice):
        proposing.withdraw(proposal=proposal, by=alice)
        found = tables(downloaded(browser, "csv_export", studied))
        assert [
            len(found[name]) for name in ("vorschlaege", "fassungen", "aenderungen", "positionen", "beitraege")
        ] == [0] * 5

    def test_carriers_stand_in_no_order_that_tells_who_they_are(self, document, reference_data, staff, browser):
        round_ = running_round(document, [carrier(f"Lotsen {number}") for number in range(8)], staff)
        found = [row["traeger"] for row in tables(downloaded(browser, "csv_export", round_))["traeger"]]
        assert found == sorted(found)


class TestPseudonyms:
    def test_not_to_be_worked_out_without_the_secret(self, studied, settings):
        before = pseudonym(CARRIER, studied, 1)
        settings.SECRET_KEY = get_random_secret_key()
        assert pseudonym(CARRIER, studied, 1) != before

    def test_others_in_every_round(self, studied, document, hanau, staff, names):
        planning.cancel(round_=studied, reason="Ende.", by=staff)
        again = running_round(Document.objects.get(pk=document.pk), [hanau], staff)
        assert Material(again).pseudonym(as_participant(again, hanau).pk) != names[hanau]

    def test_merged_proposals_keep_both(self, round_, browser, hanau, fulda, alice, bob, staff):
        target = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
        other = admitted(round_, fulda, bob, ("eins", "eins neuer"), staff=staff)
        reviewing.merge(proposal=other, into=target, reason="Dasselbe.", by=staff)
        first, second = tables(downloaded(browser, "csv_export", round_))["vorschlaege"]
        assert first["mit_traegern"] == second["traeger"]
        assert second["eingegangen_in"] == "1"


class TestFiles:
    @pytest.mark.parametrize("begin", ["=1+1", "+49", "-1", "@SUM", "\t=1"])
    def test_nothing_is_run_by_a_spreadsheet(self, round_, browser, hanau, alice, bob, fulda, staff, begin):
        proposal = admitted(round_, hanau, alice, ("eins", f"{begin} eins"), staff=staff)
        let_it_be(round_, Phase.DISCUSS)
        position(proposal, fulda, bob, Stance.MINOR, f"{begin} Bedenken".strip())
        found = tables(downloaded(browser, "csv_export", round_))
        cells = [cell for rows in found.values() for row in rows for cell in row.values()]
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
        assert any(cell.startswith("'") for cell in cells)

    def test_csv_and_json_say_the_same(self, studied, browser):
        rows = tables(downloaded(browser, "csv_export", studied))
        found = data(downloaded(browser, "json_export", studied))
        words = {None: "", True: "ja", False: "nein"}
        for name, table in rows.items():
            assert [
                {
                    key: words[value] if value is None or isinstance(value, bool) else str(value)
                    for key, value in row.items()
                }
                for row in found[name]
            ] == table
        assert found["vorschlaege"][0]["vorschlag"] == 1
        assert found["vorschlaege"][0]["nur_sprachlich"] is False
        assert found["vorschlaege"][0]["eingegangen_in"] is None

    @pytest.mark.parametrize("name", ["csv_export", "json_export"])
    def test_same_to_the_byte(self, studied, browser, name):
        assert downloaded(browser, name, studied) == downloaded(browser, name, studied)

    def test_downloads_have_a_name_and_are_kept_by_nobody(self, studied, browser):
        answer = browser.get(url("csv_export", studied))
        answer.getvalue()
        assert answer["Content-Disposition"] == f'attachment; filename="runde-1-{TODAY()}.zip"'
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]

    @pytest.mark.parametrize("name", ["csv_export", "json_export"])
    def test_as_many_queries_for_ten_as_for_one(
        self, studied, browser, hanau, fulda, alice, bob, staff, name, django_assert_num_queries
    ):
        with django_assert_num_queries(18):
            downloaded(browser, name, studied)
        early = let_it_be(studied, Phase.COLLECT)
        more = [admitted(early, hanau, alice, ("zwei", f"zwei {number}"), staff=staff) for number in range(10)]
        let_it_be(studied, Phase.DISCUSS)
        for one in more:
            position(one, fulda, bob, Stance.MINOR, "So nicht.")
            voting.remark(proposal=one, text="Gut.", participant=as_participant(studied, fulda), by=bob)
        with django_assert_num_queries(18):
            downloaded(browser, name, studied)


class TestCodebook:
    def test_every_column_is_explained_wherever_it_is_told(self, studied, browser):
        content = files(downloaded(browser, "csv_export", studied))
        headers = {
            name.removesuffix(".csv"): text.splitlines()[0].split(";")
            for name, text in content.items()
            if name.endswith(".csv")
        }
        told = data(downloaded(browser, "json_export", studied))["codebuch"]["tabellen"]
        page = text_of(browser.get(url("codebook", studied)))
        assert {table["name"]: [column["name"] for column in table["spalten"]] for table in told} == headers
        for table in TABLES:
            assert f"## {table.name}\n\n{table.about}" in content["codebuch.md"]
            assert str(table.about) in page
            for column in table.columns:
                assert f"- **{column.name}** ({column.kind.label}): {column.meaning}" in content["codebuch.md"]
                assert f"{column.name} {column.kind.label}" in page
                assert column.meaning

    def test_words_to_choose_from_are_all_there_are(self, studied, browser):
        found = data(downloaded(browser, "json_export", studied))
        for table in found["codebuch"]["tabellen"]:
            for column in table["spalten"]:
                seen = {row[column["name"]] for row in found[table["name"]]} - {None}
                assert column["typ"] != "auswahl" or seen <= set(column["werte"]), column["name"]

    def test_says_what_can_still_be_told(self, studied, browser):
        said = text_of(browser.get(url("codebook", studied)))
        assert "Die Daten sind pseudonym, nicht anonym." in said


class TestWhoMay:
    def test_the_group_gives_this_right_and_no_other(self, reference_data):
        user = UserFactory()
        user.groups.add(Group.objects.get(name="Wissenschaftliche Begleitung"))
        user = User.objects.get(pk=user.pk)
        assert researches(user)
        assert user.get_all_permissions() == {"rounds.research_round"}
        assert not user.is_staff

    def test_staff_who_evaluate_need_a_second_factor(self, studied, evaluator, client_of, settings):
        settings.STAFF_SECOND_FACTOR = True
        User.objects.filter(pk=evaluator.pk).update(is_staff=True)
        assert client_of(evaluator).get(url("csv_export", studied)).status_code == 302

    def test_the_page_of_the_round_leads_there(self, studied, browser, evaluator):
        page = browser.get(studied.get_absolute_url()).content.decode()
        assert url("research", studied) in page
        assert "Tabellen (CSV, gepackt)" in browser.get(url("research", studied)).content.decode()
