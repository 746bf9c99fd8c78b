"""Codes of the scientific partner: several people code, each for themselves, and nobody else ever reads it."""

import re
from html import unescape
from io import BytesIO

import pytest
from django.contrib import admin
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from post_office.models import Email
from pypdf import PdfReader

from leitfaden.rounds import reviewing, voting
from leitfaden.rounds.models import Advice, Code, Coding, Phase, Proposal
from leitfaden.rounds.research import coding
from tests.factories import UserFactory
from tests.leitfaden.texts import publish
from tests.rounds.research.exports import downloaded, tables, url
from tests.rounds.rounds import admitted, as_participant, let_it_be, reworded
from tests.rounds.writing.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(evaluator, client_of):
    return client_of(evaluator)


@pytest.fixture
def colleague():
    from tests.rounds.rounds import researcher

    return researcher()


@pytest.fixture
def code(evaluator):
    return coding.save_code(name="Sprache", meaning="Es geht um Verständlichkeit.", by=evaluator)


def page(round_, proposal):
    return url("coded_proposal", round_, proposal.pk)


class TestCodes:
    def test_a_new_one(self, studied, browser):
        answer = browser.post(url("codes", studied), {"name": "Sprache", "meaning": "Worum?"}, follow=True)
        assert "Der Code ist angelegt." in text_of(answer)
        assert "Sprache" in text_of(answer)
        assert Code.objects.get().meaning == "Worum?"

    def test_without_a_name_or_with_one_that_is_taken(self, studied, browser, code):
        for name, sentence in (("", "einen Namen"), ("sprache", "Einen Code mit diesem Namen gibt es schon.")):
            answer = browser.post(url("codes", studied), {"name": name, "meaning": "Bleibt stehen"})
            assert answer.status_code == 422
            assert sentence in text_of(answer)
            assert "Bleibt stehen" in text_of(answer)
        assert Code.objects.count() == 1

    def test_defined_anew(self, studied, browser, code):
        address = url("code", studied, code.pk)
        seen = browser.get(address).context["seen"]
        sent = {"name": "Sprache", "meaning": "Neu.", "aktion": "speichern", "gesehen": seen}
        assert browser.post(address, sent).status_code == 302
        answer = browser.post(address, {**sent, "meaning": "Von gestern."})
        assert answer.status_code == 409
        assert "Jemand anderes hat diesen Code inzwischen geändert." in text_of(answer)
        assert "Von gestern." in text_of(answer)
        assert Code.objects.get().meaning == "Neu."
        sent["gesehen"] = answer.context["seen"]
        assert browser.post(address, {**sent, "meaning": "Beides."}).status_code == 302
        assert Code.objects.get().meaning == "Beides."

    def test_deleted_once_nobody_uses_it(self, studied, proposal, browser, evaluator, code):
        given = coding.add_coding(proposal=proposal, code=code, by=evaluator)
        address = url("code", studied, code.pk)
        answer = browser.post(address, {"aktion": "loeschen", "name": code.name})
        assert answer.status_code == 409
        assert "Dieser Code ist noch an einem Vorschlag vergeben." in text_of(answer)
        coding.remove_coding(coding=given, by=evaluator)
        assert browser.post(address, {"aktion": "loeschen"}).status_code == 302
        assert not Code.objects.exists()
        assert browser.post(address, {"aktion": "loeschen"}).status_code == 404


class TestCoding:
    def test_given_and_taken_away(self, studied, proposal, browser, evaluator, code):
        address = page(studied, proposal)
        sent = {"aktion": "vergeben", "code": code.pk, "note": "Deutlich."}
        for _ in range(2):
            answer = browser.post(address, sent, follow=True)
            assert "Der Code ist vergeben." in text_of(answer)
        given = Coding.objects.get()
        assert (given.by, given.note) == (evaluator, "Deutlich.")
        assert "Sprache von Ihnen" in text_of(answer)
        for _ in range(2):
            answer = browser.post(address, {"aktion": "wegnehmen", "codierung": given.pk}, follow=True)
            assert "Der Code ist weggenommen." in text_of(answer)
        assert not Coding.objects.exists()

    def test_a_stale_page_takes_nothing_away(self, studied, proposal, browser, evaluator, code):
        other = coding.save_code(name="Haltung", meaning="", by=evaluator)
        browser.post(page(studied, proposal), {"aktion": "vergeben", "code": code.pk})
        browser.post(page(studied, proposal), {"aktion": "vergeben", "code": other.pk})
        assert set(Coding.objects.values_list("code__name", flat=True)) == {"Sprache", "Haltung"}

    def test_another_note_replaces_none_unseen(self, studied, proposal, browser, evaluator, code):
        coding.add_coding(proposal=proposal, code=code, note="Erste.", by=evaluator)
        answer = browser.post(page(studied, proposal), {"aktion": "vergeben", "code": code.pk, "note": "Zweite."})
        assert answer.status_code == 409
        assert "Diesen Code haben Sie hier schon vergeben." in text_of(answer)
        assert "Zweite." in text_of(answer)
        assert Coding.objects.get().note == "Erste."

    def test_several_people_code_the_same(self, studied, proposal, browser, evaluator, colleague, client_of, code):
        coding.add_coding(proposal=proposal, code=code, by=evaluator)
        theirs = coding.add_coding(proposal=proposal, code=code, note="Ich auch.", by=colleague)
        seen = text_of(browser.get(page(studied, proposal)))
        assert "Ich auch." in seen
        assert colleague.email not in seen
        browser.post(page(studied, proposal), {"aktion": "wegnehmen", "codierung": theirs.pk})
        assert Coding.objects.count() == 2
        with pytest.raises(PermissionDenied):
            coding.remove_coding(coding=theirs, by=evaluator)
        rows = tables(downloaded(browser, "csv_export", studied))["codierungen"]
        assert [(row["code"], row["notiz"]) for row in sorted(rows, key=lambda row: row["notiz"])] == [
            ("Sprache", ""),
            ("Sprache", "Ich auch."),
        ]
        assert len({row["codiert_von"] for row in rows}) == 2

    @pytest.mark.parametrize("sent", [{}, {"code": ""}, {"code": "999999"}, {"code": "x"}])
    def test_without_a_code(self, studied, proposal, browser, sent):
        answer = browser.post(page(studied, proposal), {"aktion": "vergeben", "note": "Bleibt stehen", **sent})
        assert answer.status_code == 422
        assert "Bleibt stehen" in text_of(answer)

    def test_what_nobody_else_reads_cannot_be_coded(self, studied, browser, evaluator, code):
        for hidden in Proposal.objects.exclude(state="zugelassen"):
            sent = {"aktion": "vergeben", "code": code.pk}
            assert browser.post(page(studied, hidden), sent).status_code == 404
            with pytest.raises(PermissionDenied):
                coding.add_coding(proposal=hidden, code=code, by=evaluator)

    def test_nobody_else_codes(self, studied, proposal, alice, staff, code, client_of):
        for user in (alice, staff):
            for address in (page(studied, proposal), url("codes", studied), url("code", studied, code.pk)):
                sent = {"aktion": "vergeben", "code": code.pk, "name": "Neu"}
                assert client_of(user).post(address, sent).status_code == 404
            with pytest.raises(PermissionDenied):
                coding.add_coding(proposal=proposal, code=code, by=user)
            with pytest.raises(PermissionDenied):
                coding.save_code(name="Neu", meaning="", by=user)
            with pytest.raises(PermissionDenied):
                coding.delete_code(code=code, by=user)
        assert Code.objects.count() == 1
        assert not Coding.objects.exists()

    def test_carriers_have_pseudonyms_here_too(self, studied, proposal, browser):
        for address in (page(studied, proposal), url("coded_proposals", studied)):
            said = browser.get(address).content.decode()
            assert "Lotsen Hanau" not in said.partition("<footer")[0]
            assert "wünscht mehr" in said


class TestList:
    def test_by_code(self, studied, proposal, browser, evaluator, colleague, code):
        address = url("coded_proposals", studied)

        def found(**query):
            return "wünscht mehr" in text_of(browser.get(address, query))

        assert found()
        assert found(code="ohne")
        assert not found(code=code.pk)
        coding.add_coding(proposal=proposal, code=code, by=colleague)
        assert not found(code="ohne")
        assert found(code="ohne", meine="1")
        assert found(code=code.pk)
        assert not found(code=code.pk, meine="1")
        assert found(code="x")

    def test_as_many_queries_for_ten_as_for_one(
        self, studied, proposal, browser, hanau, alice, staff, evaluator, code, django_assert_num_queries
    ):
        coding.add_coding(proposal=proposal, code=code, by=evaluator)
        for address in (url("coded_proposals", studied), page(studied, proposal), url("research", studied)):
            browser.get(address)
        counts = {"coded_proposals": 13, "research": 13}
        early = let_it_be(studied, Phase.COLLECT)
        for name, number in counts.items():
            with django_assert_num_queries(number):
                browser.get(url(name, studied))
        for number in range(10):
            one = admitted(early, hanau, alice, ("zwei", f"zwei {number}"), staff=staff)
            coding.add_coding(proposal=one, code=code, by=evaluator)
        for name, number in counts.items():
            with django_assert_num_queries(number):
                browser.get(url(name, studied))


MARK, ASKED = "Geheimcode", "Suchwort"
"""All that is coded says both; one asks for the second and must not find the first."""

_LINK = re.compile(r'(?:href|hx-get|action)="(/[^"#]*)')
_SKIPPED = ("/konto/", "/static/", "/bilder/", "/forschung/")
MOST_PAGES = 40


def crawl(client, *starts):
    """What all pages say that one can reach by links."""
    waiting, seen = list(starts), {}
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if address in seen or any(part in address for part in _SKIPPED):
            continue
        answer = client.get(address)
        content = answer.getvalue()
        kind = answer.get("Content-Type", "")
        if kind == "application/pdf":
            seen[address] = " ".join(one.extract_text() for one in PdfReader(BytesIO(content)).pages)
            continue
        seen[address] = content.decode(errors="replace")
        if "html" in kind:
            waiting += [unescape(link) for link in _LINK.findall(seen[address])]
    return seen


@pytest.fixture
def coded(studied, proposal, evaluator):
    """A coded proposal, after which everything goes on that sends mails and shows pages."""
    cache.clear()
    code = coding.save_code(name=f"{MARK} {ASKED}", meaning=f"{MARK} {ASKED}", by=evaluator)
    coding.add_coding(proposal=proposal, code=code, note=f"{MARK} {ASKED}", by=evaluator)
    return proposal


class TestNobodyElseReadsThem:
    def test_no_page_feed_search_or_paper(self, coded, studied, document, alice, staff, client, client_of):
        publish(document, "2026.1", staff, UserFactory(is_staff=True, is_superuser=True))
        starts = (
            f"/leitfaden/vorschlag/{coded.pk}/",
            f"/leitfaden/runden/{studied.number}/papier.pdf",
            "/leitfaden/runden/neues.atom",
            f"/leitfaden/runden/{studied.number}/vorschlaege/?q={ASKED}",
            f"/leitfaden/suche/?q={ASKED}",
            "/leitfaden/runden/",
            "/leitfaden/",
            "/mein/",
            "/mein/leitfaden/",
            "/leitfaden/runden/verwalten/",
            f"/leitfaden/runden/{studied.number}/pruefen/{coded.pk}/",
            "/sitemap.xml",
            "/",
        )
        for reader in (client, client_of(alice), client_of(staff)):
            for address, said in crawl(reader, *starts).items():
                assert MARK not in said, address

    def test_not_in_the_admin(self, coded, client_of):
        assert Code not in admin.site._registry
        assert Coding not in admin.site._registry
        superuser = UserFactory(is_staff=True, is_superuser=True)
        for address, said in crawl(client_of(superuser), "/verwaltung/", "/verwaltung/rounds/").items():
            assert MARK not in said, address

    def test_no_mail(self, coded, studied, alice, staff, fulda, bob):
        again = reworded(coded, "eins muss 3", "eins muss 4", alice)
        reviewing.recommend(version=again.current, advice=Advice.ADOPT, reason="Gut.", by=staff)
        voting.remark(proposal=again, text="Ja.", participant=as_participant(studied, fulda), by=bob)
        said = [one.message().as_string() for one in mail.outbox]
        said += [f"{one.subject} {one.message} {one.html_message}" for one in Email.objects.all()]
        assert not [text for text in said if MARK in text]
