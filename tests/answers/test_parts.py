"""Parts of pages that are kept: a page made of them is the page that it would be without."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.template.defaulttags import CsrfTokenNode
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leitfaden.changes import Insert
from leitfaden.models import Kind
from lotsen.models import Carrier
from migrantenorgs.models import Visibility
from tests.factories import (
    CarrierFactory,
    CarrierMembershipFactory,
    MigrantOrganisationFactory,
    NoticeFactory,
    ProgrammeFactory,
    municipality,
)
from tests.leitfaden.texts import editor, publish, save, small_document, titled
from vielfalt.answers.keeping import Kept
from vielfalt.answers.templatetags.answers import KeptNode
from vielfalt.answers.values import using

pytestmark = pytest.mark.django_db(transaction=True)

QUESTIONS = [
    *("/", "/impressum/"),
    *("/karte/", "/karte/?seite=2", "/karte/?sprache=ara", "/karte/?sprache=tur", "/karte/?sprache=klingonisch"),
    *("/karte/?ort=63065", "/karte/?ort=Kassel", "/karte/?ort=Atlantis", "/karte/?ort=63065&umkreis=10"),
    *("/karte/?umkreis=10", "/karte/?q=erster", "/karte/?q=nichts", "/karte/?ort=63065&sprache=tur"),
    *("/karte/?ebene=migrantenorganisationen", "/karte/?ort=63065&seite=2"),
    *("/traeger/", "/traeger/?kreis=06413", "/traeger/?kreis=06611", "/traeger/?kreis=x", "/traeger/?seite=2"),
    *("/traeger/erster/", "/migrantenorganisationen/erste/"),
    *("/migrantenorganisationen/", "/migrantenorganisationen/?ort=63065", "/migrantenorganisationen/?sprache=ara"),
    *("/sucht-bietet/", "/sucht-bietet/?ort=63065", "/sucht-bietet/?q=nichts"),
    *("/leitfaden/", "/leitfaden/alles/", "/leitfaden/2026-1/", "/leitfaden/2026-1/alles/"),
]


@pytest.fixture
def _entries():
    first = CarrierFactory(name="Erster Träger", slug="erster")
    ProgrammeFactory(carrier=first, title="Erstes", languages=["ara"], covers=["Offenbach am Main"])
    ProgrammeFactory.create_batch(25, carrier=CarrierFactory(municipality=municipality("Kassel")), languages=["tur"])
    NoticeFactory(organisation=MigrantOrganisationFactory(slug="erste", spoken=["ara"]), title="Raum gesucht")
    CarrierFactory.create_batch(50)
    alice, bob = editor("Alice"), editor("Bob")
    document = small_document(alice)
    save(document, Insert(Kind.MODULE, titled("Zweites Modul")), by=alice)
    publish(document, "2026.1", alice, bob)


@pytest.mark.usefixtures("_entries")
def test_whatever_others_have_asked_every_answer_is_the_same(reader, settings):
    modules = re.findall("/leitfaden/seite/[^/]+/", reader.get("/leitfaden/").text)
    assert len(modules) == 2
    for _time in range(2):
        for question in [*QUESTIONS, *modules]:
            reader.get(question)
    # A new address, so that it is put together anew of whatever is kept.
    known = {question: reader.get(_new(question)).content for question in [*QUESTIONS, *modules]}
    settings.KEEP_ANSWERS = False
    anew = Client()
    assert [question for question, content in known.items() if anew.get(_new(question)).content != content] == []


def _new(question):
    return f"{question}{'&' if '?' in question else '?'}neu=1"


@pytest.mark.usefixtures("_entries")
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/", 1),
        ("/karte/", 1),
        ("/karte/?ort=63065", 1),
        ("/traeger/", 2),
        ("/leitfaden/", 2),
        ("/leitfaden/alles/", 1),
    ],
)
def test_a_new_address_of_known_parts_takes_few_queries(reader, path, queries):
    reader.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert reader.get(_new(path)).status_code == 200
    assert len(captured) == queries


@pytest.mark.usefixtures("_entries")
def test_a_part_is_new_after_a_change(reader):
    assert "Erster Träger" in reader.get("/traeger/").text
    Carrier.objects.filter(slug="erster").update(name="Anders")
    assert "Erster Träger" not in reader.get("/traeger/?neu=1").text
    assert "Anders" in reader.get("/traeger/?neu=2").text


def test_members_get_no_part_of_others_and_leave_none(reader):
    MigrantOrganisationFactory(name="Verborgen", visibility=Visibility.NETWORK)
    # Both ask the same process.
    member = Client()
    member.handler = reader.handler
    member.force_login(CarrierMembershipFactory().user)
    for number in range(2):
        assert "Verborgen" not in reader.get(f"/migrantenorganisationen/?neu={number}").text
        assert "Verborgen" in member.get(f"/migrantenorganisationen/?neu={number}").text


def test_no_part_holds_a_token_of_a_form():
    templates = Path(settings.BASE_DIR, "templates")
    nodes = [
        part
        for path in templates.rglob("*.html")
        for part in get_template(str(path.relative_to(templates))).template.nodelist.get_nodes_by_type(KeptNode)
    ]
    assert len(nodes) > 10
    assert [node.name for node in nodes if node.nodelist.get_nodes_by_type(CsrfTokenNode)] == []


class TestTag:
    TEMPLATE = '{% load answers %}{% kept "greeting" name %}{{ name }}{{ more }}{% endkept %}'

    def render(self, rf, cookies=None, **values):
        request = rf.get("/")
        request.COOKIES.update(cookies or {})
        return Template(self.TEMPLATE).render(RequestContext(request, values))

    def test_it_renders_once_for_each_name(self, rf):
        with using(Kept("now")):
            assert self.render(rf, name="a", more=1) == "a1"
            assert self.render(rf, name="a", more=2) == "a1"
            assert self.render(rf, name="b", more=2) == "b2"
        with using(Kept("later")):
            assert self.render(rf, name="a", more=3) == "a3"

    @pytest.mark.parametrize("cookie", ["sessionid", "messages"])
    def test_not_for_somebody(self, rf, cookie):
        with using(Kept("now")):
            assert self.render(rf, name="a", more=1) == "a1"
            assert self.render(rf, {cookie: "x"}, name="a", more=2) == "a2"
            assert self.render(rf, name="a", more=3) == "a1"

    def test_not_in_mails(self):
        with using(Kept("now")):
            assert [Template(self.TEMPLATE).render(Context({"name": number})) for number in (1, 2)] == ["1", "2"]

    def test_what_is_too_large_is_rendered_again(self, rf):
        with using(Kept("now", most_bytes_of_parts=200)):
            assert self.render(rf, name="a", more="x" * 500) == "a" + "x" * 500
            assert self.render(rf, name="a", more="y") == "ay"

    def test_a_part_has_a_name(self):
        with pytest.raises(TemplateSyntaxError, match="has a name"):
            Template("{% load answers %}{% kept %}{% endkept %}")
