"""The staff's admin: who may do what, lists without N+1, the desk, bulk actions, import and export."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from lotsen.models import Carrier, FieldOfWork, Programme
from tests.administration import COMPLETE, load, make_carriers, staff, texts
from tests.lotsen.tables import row
from vielfalt.listings import desk
from vielfalt.listings.models import State
from vielfalt.places.models import DiversityCentre, Municipality
from vielfalt.public.models import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def listed(response):
    return [str(entry) for entry in response.context["cl"].result_list]


CHANGE_LISTS = {
    "lotsen_carrier": 12,
    "lotsen_programme": 12,
    "lotsen_annualfigures": 6,
    "lotsen_fieldofwork": 5,
    "listings_language": 5,
    "places_municipality": 6,
    "places_postalcode": 6,
    "places_diversitycentre": 5,
    "accounts_user": 6,
}


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize("name", CHANGE_LISTS)
def test_lists_take_a_fixed_number_of_queries(client, editor, django_assert_num_queries, name, number):
    load(*(row(Name=f"Verein {one}", Jahr="2025", Aktive="7", **COMPLETE) for one in range(number)))
    client.get(reverse(f"admin:{name}_changelist"))
    with django_assert_num_queries(CHANGE_LISTS[name]):
        response = client.get(reverse(f"admin:{name}_changelist"))
    assert response.status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_the_desk_takes_a_fixed_number_of_queries(client, editor, django_assert_num_queries, number):
    make_carriers(number)
    client.get(reverse("admin:index"))
    with django_assert_num_queries(40):
        client.get(reverse("admin:index"))


def test_every_list_and_form_opens(client, editor, subtests):
    load(row(Jahr="2025", Aktive="7", Notiz="intern", **COMPLETE))
    from django.contrib import admin

    for model, model_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        with subtests.test(name):
            assert client.get(reverse(f"{name}_changelist"), {"q": "Süß"}).status_code == 200
            if model_admin.has_add_permission(SimpleNamespace(user=editor)):
                assert client.get(reverse(f"{name}_add")).status_code == 200
            if (entry := model._default_manager.first()) is not None:
                assert client.get(reverse(f"{name}_change", args=[entry.pk])).status_code == 200


@pytest.mark.parametrize("path", ["index", "lotsen_carrier_changelist", "lotsen_carrier_import"])
def test_strangers_must_log_in(client, path):
    response = client.get(reverse(f"admin:{path}"))
    assert response.url.startswith("/verwaltung/login/?next=")


def test_django_speaks_german_to_the_end(client, editor):
    make_carriers(1)
    page = client.get(reverse("admin:lotsen_carrier_changelist")).text
    assert "Ausführen" in page
    assert "– bitte wählen –" in page
    scripts = client.get(reverse("admin:jsi18n")).text
    assert "Heute (%(date)s)" in scripts


# Security policy


def test_only_the_admin_allows_more_than_the_public_pages_and_only_a_nonce(client, editor):
    policy = client.get(reverse("admin:index")).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self' 'nonce-" in policy
    assert "nonce" not in client.get("/impressum/").headers["Content-Security-Policy"]


# Search and filters


@pytest.mark.parametrize("question", ["rüsselsheim", "Ruesselsheim", "RUSSELSHEIM am Main", "frauen"])
def test_search_tolerates_spelling(client, editor, question):
    load(row(Name="Frauenzentrum Rüsselsheim", Ort="Rüsselsheim am Main"), row(Name="Anderer"))
    response = client.get(reverse("admin:lotsen_carrier_changelist"), {"q": question})
    assert listed(response) == ["Frauenzentrum Rüsselsheim"]


def test_search_for_nothing_readable_finds_nothing(client, editor):
    make_carriers(1)
    assert listed(client.get(reverse("admin:lotsen_carrier_changelist"), {"q": "!!"})) == []


def test_places_and_languages_complete_themselves(client, editor):
    def suggest(field, term, model="programme"):
        query = {"app_label": "lotsen", "model_name": model, "field_name": field, "term": term}
        return [one["text"] for one in client.get(reverse("admin:autocomplete"), query).json()["results"]]

    assert suggest("municipality", "russelsh") == ["Rüsselsheim am Main"]
    assert suggest("municipality", "Beerfelden") == ["Oberzent"]
    assert suggest("language", "farsi", "programmelanguage") == ["Persisch/Farsi"]
    assert suggest("covered_districts", "kassel") == ["Stadt Kassel", "Landkreis Kassel"] or suggest(
        "covered_districts", "kassel"
    ) == ["Landkreis Kassel", "Stadt Kassel"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"state__exact": "veroeffentlicht"}, ["B"]),
        ({"bearbeitung": "offen"}, ["A", "C"]),
        ({"vollstaendig": "nein"}, ["A"]),
        ({"vollstaendig": "ja"}, ["B", "C"]),
        ({"aktualitaet": "frisch"}, ["C"]),
        ({"aktualitaet": "veraltet"}, ["A", "B"]),
        ({"aktualitaet": "nie"}, ["A"]),
        ({"carrier_type__id__exact": "landkreis"}, ["C"]),
        ({"municipality__district__ags__exact": "06631"}, ["A", "B"]),
        ({"programmes__languages__code__exact": "ara"}, ["B", "C"]),
    ],
)
def test_filters(client, editor, query, names):
    load(row(Name="A"), row(Name="B", **COMPLETE))
    load(row(Name="C", Trägerart="Landkreis", Ort="Gelnhausen", **COMPLETE))
    long_ago = timezone.localdate() - timedelta(days=400)
    Carrier.objects.filter(name="B").update(state=State.PUBLISHED, confirmed_on=long_ago)
    Carrier.objects.filter(name="C").update(confirmed_on=timezone.localdate())
    if "carrier_type__id__exact" in query:
        query = {"carrier_type__id__exact": Carrier.objects.get(name="C").carrier_type_id}
    assert listed(client.get(reverse("admin:lotsen_carrier_changelist"), query)) == names


# Bulk actions


def run(client, action, queryset):
    model = queryset.model._meta.model_name
    data = {"action": action, "_selected_action": list(queryset.values_list("pk", flat=True))}
    return client.post(reverse(f"admin:lotsen_{model}_changelist"), data, follow=True)


def test_publishing_takes_the_complete_and_names_the_others(client, editor):
    load(row(Name="A", **COMPLETE), row(Name="A", Programm="leer"), row(Name="B", Programm="leer"))
    response = run(client, "publish", Carrier.objects.all())
    assert texts(response) == [
        "1 Eintrag ist jetzt veröffentlicht.",
        (
            "Nicht veröffentlicht: B (es fehlt: ein öffentlicher Kontakt: Telefon, E-Mail oder Website; "
            "ein Programm mit einer Sprache oder einem Einsatzfeld)."
        ),
    ]
    carrier = Carrier.objects.get(name="A")
    assert (carrier.state, carrier.confirmed_on) == (State.PUBLISHED, timezone.localdate())
    states = {programme.title: programme.state for programme in carrier.programmes.all()}
    assert states == {"Lotsen in Fulda": State.PUBLISHED, "leer": State.DRAFT}
    assert Carrier.objects.get(name="B").state == State.DRAFT
    assert LogEntry.objects.filter(user=editor).count() == 2


def test_a_resting_programme_does_not_make_its_carrier_complete(client, editor):
    load(row(**COMPLETE))
    Programme.objects.update(state=State.DORMANT)
    run(client, "publish", Carrier.objects.all())
    assert (Carrier.objects.get().state, Programme.objects.get().state) == (State.DRAFT, State.DORMANT)


def test_programmes_are_published_by_themselves(client, editor):
    load(row(**COMPLETE), row(Programm="leer"))
    response = run(client, "publish", Programme.objects.all())
    assert texts(response) == [
        "1 Eintrag ist jetzt veröffentlicht.",
        "Nicht veröffentlicht: leer (es fehlt: eine Sprache oder ein Einsatzfeld).",
    ]


def test_making_dormant_says_the_number(client, editor):
    make_carriers(3)
    assert texts(run(client, "make_dormant", Carrier.objects.all())) == [
        "3 Einträge ruhen jetzt und sind nicht mehr öffentlich."
    ]
    assert set(Carrier.objects.values_list("state", flat=True)) == {State.DORMANT}


def test_confirming(client, editor):
    make_carriers(1)
    assert texts(run(client, "confirm", Carrier.objects.all())) == ["1 Eintrag ist als aktuell bestätigt."]
    assert Carrier.objects.get().confirmed_on == timezone.localdate()


def test_those_who_may_only_look_have_no_actions(client):
    make_carriers(1)
    client.force_login(staff("view_carrier"))
    response = client.get(reverse("admin:lotsen_carrier_changelist"))
    assert response.context["action_form"] is None
    run(client, "publish", Carrier.objects.all())
    assert Carrier.objects.get().state == State.DRAFT


# Forms


def test_the_carriers_form_has_everything_and_labels_what_is_internal(client, editor):
    load(row(Notiz="geheim", **COMPLETE))
    carrier = Carrier.objects.get()
    page = client.get(reverse("admin:lotsen_carrier_change", args=[carrier.pk])).text
    assert "Intern – erscheint nie öffentlich" in page
    assert f'href="/traeger/{carrier.slug}/" class="viewsitelink">Vorschau' in page
    assert reverse("admin:lotsen_programme_change", args=[carrier.programmes.get().pk]) in page


def test_places_are_read_only_but_for_the_contact_of_a_centre(client, editor):
    town = Municipality.objects.first()
    assert client.post(reverse("admin:places_municipality_change", args=[town.pk]), {"name": "X"}).status_code == 403
    centre = DiversityCentre.objects.first()
    name = centre.name
    client.post(
        reverse("admin:places_diversitycentre_change", args=[centre.pk]), {"name": "X", "email": "wir@example.org"}
    )
    centre.refresh_from_db()
    assert (centre.name, centre.email) == (name, "wir@example.org")


def test_vocabularies_are_sorted_in_their_list(client, editor):
    terms = list(FieldOfWork.objects.all())
    data = {"form-TOTAL_FORMS": len(terms), "form-INITIAL_FORMS": len(terms), "_save": "1"}
    for number, term in enumerate(terms):
        data |= {f"form-{number}-id": term.pk, f"form-{number}-position": number * 7, f"form-{number}-synonyms": "a|b"}
    client.post(reverse("admin:lotsen_fieldofwork_changelist"), data)
    assert list(FieldOfWork.objects.values_list("position", flat=True)) == [n * 7 for n in range(len(terms))]


# Accounts


def test_the_admin_greets_by_name_and_speaks_of_groups_and_rights(client, editor):
    editor.name = "Alice"
    editor.save()
    page = client.get(reverse("admin:index")).text
    assert "<strong>Alice</strong>" in page
    assert "Gruppen und Rechte" in page
    assert "Authentifizierung" not in page


def test_accounts_are_made_with_an_address_and_log_in_with_it(client, editor):
    data = {
        "email": "Neu@Example.org",
        "name": "Redaktion",
        "usable_password": "true",
        "password1": "ein langes Wort 7",
        "password2": "ein langes Wort 7",
    }
    response = client.post(reverse("admin:accounts_user_add"), data)
    assert response.status_code == 302, response.context["adminform"].form.errors
    assert client.login(username="neu@example.org", password=data["password1"])
    client.force_login(editor)
    response = client.post(reverse("admin:accounts_user_add"), {**data, "email": "NEU@example.org"})
    assert "Diese E-Mail-Adresse hat schon ein Konto." in response.text


def test_nobody_raises_their_own_rights(client, editor):
    bob = staff("view_user", "change_user", "delete_user")
    client.force_login(bob)
    own = reverse("admin:accounts_user_change", args=[bob.pk])
    client.post(own, {"email": bob.email, "name": "Bob", "is_superuser": "on", "is_staff": "on", "is_active": "on"})
    bob.refresh_from_db()
    assert (bob.name, bob.is_superuser) == ("Bob", False)
    assert client.post(reverse("admin:accounts_user_change", args=[editor.pk]), {"email": "x@y.de"}).status_code == 403
    assert client.get(reverse("admin:auth_user_password_change", args=[editor.pk])).status_code == 403
    assert client.post(reverse("admin:accounts_user_delete", args=[editor.pk]), {"post": "yes"}).status_code == 403


# The desk


def panels(client):
    return {panel.key: panel for panel in client.get(reverse("admin:index")).context["panels"]}


def test_the_desk_counts_and_leads_to_the_counted(client, editor, subtests):
    load(row(Name="Entwurf"), row(Name="Veraltet", **COMPLETE), row(Name="Frisch", **COMPLETE))
    long_ago = timezone.localdate() - timedelta(days=400)
    Carrier.objects.filter(name="Veraltet").update(state=State.PUBLISHED, confirmed_on=long_ago)
    Carrier.objects.filter(name="Frisch").update(state=State.PUBLISHED, confirmed_on=timezone.localdate())
    found = panels(client)
    numbers = {
        key: [figure.number for figure in panel.figures]
        for key, panel in found.items()
        if panel.strand != "migrantenorgs"
    }
    assert numbers == {
        "requests": [0, 0],
        "lotsen-waiting": [1, 3],
        "lotsen-unanswered": [0],
        "lotsen-incomplete": [1],
        "lotsen-stale": [1, 0, 0],
        "lotsen-newest": [3, 3],
        "leitfaden-text": [0, 0, 0],
        "leitfaden-rounds": [0],
    }
    assert found["lotsen-incomplete"].items[0].detail == (
        "ein öffentlicher Kontakt: Telefon, E-Mail oder Website; ein Programm mit einer Sprache oder einem Einsatzfeld"
    )
    # What the Leitfaden counts is no list of the administration (tests/leitfaden/test_desk.py).
    lists = [panel for slug, panel in found.items() if panel.strand != "leitfaden"]
    for figure in (figure for panel in lists for figure in panel.figures):
        with subtests.test(figure.url):
            assert client.get(figure.url).context["cl"].result_count == figure.number


def test_an_empty_desk_says_what_to_do(client, editor):
    assert all(panel.is_empty for panel in panels(client).values())
    assert "Beginnen Sie mit der Vorlage für den Import." in client.get(reverse("admin:index")).text


def test_the_desk_shows_carriers_only_to_those_who_may_see_them(client):
    make_carriers(1)
    client.force_login(staff("view_user"))
    assert panels(client) == {}


def test_a_domain_registers_its_panels_once(rf):
    before = list(desk._sources)
    desk.register("lotsen.desk.panels")
    assert desk._sources == before


def test_texts_of_the_portal_are_edited_and_neither_made_nor_deleted(client, editor):
    page = Page.objects.get(slug="impressum")
    client.post(reverse("admin:public_page_change", args=[page.pk]), {"title": "Impressum", "text": "Neuer **Text**"})
    assert "Neuer <strong>Text</strong>" in client.get("/impressum/").text
    assert client.get(reverse("admin:public_page_add")).status_code == 403
    assert client.get(reverse("admin:public_page_delete", args=[page.pk])).status_code == 403
