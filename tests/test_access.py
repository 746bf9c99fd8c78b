"""Who may open which address: a row for every URL of the portal; one without a row fails."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from lotsen.models import CarrierMembership
from tests.factories import CarrierFactory, ProgrammeFactory, UserFactory
from vielfalt.accounts.models import Role
from vielfalt.listings import actions
from vielfalt.listings.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

ROLES = ("anonymous", "stranger", "editor", "manager", "staff", "one-factor", "superuser")
"""The stranger manages another carrier. Staff may open the administration but were given nothing there; staff with
one factor lack the second one that the administration asks for."""

OPEN = (200,) * 7
NOBODY = (404,) * 7
ELSEWHERE = (302,) * 7
OWN_ACCOUNT = (302, 200, 200, 200, 200, 200, 200)
ENTRANCE = (200, 302, 302, 302, 302, 302, 302)
NOT_SET_UP = (302, 404, 404, 404, 404, 404, 404)
NOTHING_TO_CONFIRM = (302, 403, 403, 403, 403, 403, 403)
TEAM = (302, 404, 200, 200, 404, 404, 404)
READ_ONLY = {"lotsen:my_carrier", "lotsen:carrier_history", "lotsen:pictures"}
TEAM_POSTS = (302, 405, 405, 405, 405, 405, 405)
PREVIEW = (404, 404, 200, 200, 200, 200, 200)

# The address and the status that each of the roles gets.
ROWS = {
    "public:home": ("/", OPEN),
    "public:page": ("/impressum/", OPEN),
    "public:style": ("/stil/", (404, 404, 404, 404, 200, 200, 200)),
    "public:robots": ("/robots.txt", OPEN),
    "public:sitemap": ("/sitemap.xml", OPEN),
    "lotsen:carrier_map": ("/karte/", OPEN),
    "lotsen:map_data": ("/karte/daten.geojson", OPEN),
    "lotsen:carrier_list": ("/traeger/", OPEN),
    "lotsen:carrier_detail": ("/traeger/offen/", OPEN),
    "lotsen:carrier_detail (draft)": ("/traeger/entwurf/", PREVIEW),
    "lotsen:carrier_register": ("/traeger/anmelden/", OPEN),
    "lotsen:carrier_report": ("/traeger/offen/fehler-melden/", OPEN),
    "lotsen:carrier_report (draft)": ("/traeger/entwurf/fehler-melden/", PREVIEW),
    "lotsen:confirm_entry": ("/aktuell/x/", NOBODY),
    "lotsen:change_entry": ("/aktuell/x/aendern/", NOBODY),
    "lotsen:report_gone": ("/aktuell/x/gibt-es-nicht-mehr/", NOBODY),
    "places:suggest": ("/orte/?q=Ro", OPEN),
    "places:postal_codes": ("/orte/postleitzahlen.csv", OPEN),
    "pictures:file": ("/medien/bilder/unbekannt.webp", NOBODY),
    "listings:sent": ("/antraege/abgeschickt/", OPEN),
    "listings:confirm_sender": ("/antraege/bestaetigen/x/", NOBODY),
    "listings:sent_request": ("/antraege/nachricht/x/", NOBODY),
    "listings:own_request": ("/antraege/{request}/", (302, 404, 200, 404, 404, 404, 404)),
    "listings:workspace": ("/mein/", OWN_ACCOUNT),
    "lotsen:my_carrier": ("/mein/traeger/entwurf/", TEAM),
    "lotsen:edit_carrier": ("/mein/traeger/entwurf/bearbeiten/kontakt/", TEAM),
    "lotsen:edit_programme": ("/mein/programme/{programme}/bearbeiten/sprachen/", TEAM),
    "lotsen:carrier_history": ("/mein/traeger/entwurf/verlauf/", TEAM),
    "lotsen:pictures": ("/mein/traeger/entwurf/bilder/", TEAM),
    "lotsen:new_logo": ("/mein/traeger/entwurf/bilder/neu/logo/", TEAM),
    "lotsen:new_picture": ("/mein/traeger/entwurf/bilder/neu/bild/", TEAM),
    "lotsen:edit_picture": ("/mein/traeger/entwurf/bilder/1/", NOT_SET_UP),
    "lotsen:team": ("/mein/traeger/entwurf/team/", TEAM),
    "lotsen:new_programme": ("/mein/traeger/entwurf/programm/neu/", TEAM),
    "lotsen:confirm_carrier": ("/mein/traeger/entwurf/bestaetigen/", TEAM_POSTS),
    "lotsen:undo": ("/mein/traeger/entwurf/rueckgaengig/", TEAM_POSTS),
    "lotsen:wish_for_carrier": ("/mein/traeger/entwurf/status/archivieren/", TEAM_POSTS),
    "lotsen:wish_for_programme": ("/mein/traeger/entwurf/programm/{programme}/status/archivieren/", TEAM_POSTS),
    "lotsen:change_member": ("/mein/traeger/entwurf/team/{member}/", TEAM_POSTS),
    "lotsen:withdraw_invitation": ("/mein/traeger/entwurf/team/einladung/1/", TEAM_POSTS),
    "mail:mailbox": ("/mein/post/", NOBODY),
    "mail:unsubscribe": ("/post/abbestellen/x/", NOBODY),
    "accounts:overview": ("/konto/", OWN_ACCOUNT),
    "accounts:data": ("/konto/daten/", OWN_ACCOUNT),
    "accounts:download": ("/konto/daten/herunterladen/", OWN_ACCOUNT),
    "accounts:leave": ("/konto/loeschen/", OWN_ACCOUNT),
    "accounts:left": ("/konto/geloescht/", OPEN),
    "accounts:invitation": ("/konto/einladung/x/", (410, 410, 410, 410, 410, 410, 410)),
    "accounts:new_link": ("/konto/einladung/x/neuer-link/", (405, 405, 405, 405, 405, 405, 405)),
    "account_login": ("/konto/anmelden/", ENTRANCE),
    "account_request_login_code": ("/konto/anmelden/code/", ENTRANCE),
    "account_confirm_login_code": ("/konto/anmelden/code/eingeben/", ELSEWHERE),
    "mfa_login_webauthn": ("/konto/anmelden/passkey/", ELSEWHERE),
    "mfa_authenticate": ("/konto/anmelden/zweiter-schritt/", ELSEWHERE),
    "account_logout": ("/konto/abmelden/", OWN_ACCOUNT),
    "account_inactive": ("/konto/gesperrt/", OPEN),
    "account_signup": ("/konto/neu/", ENTRANCE),
    "account_reauthenticate": ("/konto/bestaetigen/", NOTHING_TO_CONFIRM),
    "mfa_reauthenticate": ("/konto/bestaetigen/code/", NOTHING_TO_CONFIRM),
    "mfa_reauthenticate_webauthn": ("/konto/bestaetigen/passkey/", NOTHING_TO_CONFIRM),
    "account_email": ("/konto/e-mail/", OWN_ACCOUNT),
    "account_email_verification_sent": ("/konto/e-mail/bestaetigen/", ELSEWHERE),
    "account_change_password": ("/konto/passwort/", ELSEWHERE),
    "account_set_password": ("/konto/passwort/festlegen/", OWN_ACCOUNT),
    "account_reset_password": ("/konto/passwort/vergessen/", OPEN),
    "account_reset_password_done": ("/konto/passwort/vergessen/gesendet/", OPEN),
    "account_reset_password_from_key": ("/konto/passwort/vergessen/1-x/", OPEN),
    "account_reset_password_from_key_done": ("/konto/passwort/vergessen/fertig/", OPEN),
    "mfa_index": ("/konto/sicherheit/", OWN_ACCOUNT),
    "mfa_activate_totp": ("/konto/sicherheit/app/einrichten/", OWN_ACCOUNT),
    "mfa_deactivate_totp": ("/konto/sicherheit/app/entfernen/", NOT_SET_UP),
    "mfa_list_webauthn": ("/konto/sicherheit/passkeys/", OWN_ACCOUNT),
    "mfa_add_webauthn": ("/konto/sicherheit/passkeys/neu/", OWN_ACCOUNT),
    "mfa_edit_webauthn": ("/konto/sicherheit/passkeys/1/", NOT_SET_UP),
    "mfa_remove_webauthn": ("/konto/sicherheit/passkeys/1/entfernen/", NOT_SET_UP),
    "mfa_view_recovery_codes": ("/konto/sicherheit/notfallcodes/", NOT_SET_UP),
    "mfa_generate_recovery_codes": ("/konto/sicherheit/notfallcodes/neu/", OWN_ACCOUNT),
    "mfa_download_recovery_codes": ("/konto/sicherheit/notfallcodes/herunterladen/", NOT_SET_UP),
    "usersessions_list": ("/konto/geraete/", OWN_ACCOUNT),
    "admin:index": ("/verwaltung/", (302, 302, 302, 302, 200, 302, 200)),
    "admin:login": ("/verwaltung/login/", (302, 403, 403, 403, 302, 302, 302)),
    "admin:logout": ("/verwaltung/logout/", (302, 302, 302, 302, 405, 302, 405)),
    "admin:password_change": ("/verwaltung/password_change/", (302, 302, 302, 302, 200, 302, 200)),
    "admin:password_change_done": ("/verwaltung/password_change/done/", (302, 302, 302, 302, 200, 302, 200)),
    "admin:autocomplete": ("/verwaltung/autocomplete/", (302, 302, 302, 302, 403, 302, 403)),
    "admin:jsi18n": ("/verwaltung/jsi18n/", (302, 302, 302, 302, 200, 302, 200)),
    "admin:view_on_site": ("/verwaltung/r/1/1/", (302, 302, 302, 302, 404, 302, 404)),
    "admin:app_list": ("/verwaltung/lotsen/", (302, 302, 302, 302, 404, 302, 200)),
}


def url_names(patterns, namespace=""):
    """Return the names of all URLs, with their namespace."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from url_names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"


def of_a_model(name):
    """Whether a URL belongs to the administration of one model; those are tested together below."""
    from django.contrib import admin

    models = {f"admin:{m._meta.app_label}_{m._meta.model_name}_" for m in admin.site._registry}
    return name.startswith(tuple(models)) or name in {"admin:None", "admin:auth_user_password_change"}


@pytest.fixture
def role(request, client, settings):
    """A client of somebody in the role, on a portal with a public carrier and a hidden one that has a team."""
    settings.STAFF_SECOND_FACTOR = request.param == "one-factor"
    ProgrammeFactory(carrier=CarrierFactory(slug="offen"))
    hidden = CarrierFactory(slug="entwurf", state=State.DRAFT)
    programme = ProgrammeFactory(carrier=hidden, state=State.DRAFT)
    editor = UserFactory()
    membership = CarrierMembership.objects.create(organisation=hidden, user=editor, role=Role.EDITOR)
    made = actions.submit_change(
        entry=hidden, proposed={"name": "Neu"}, base={"name": hidden.name}, by=actions.Sender(user=editor)
    )
    client.ids = {"programme": programme.pk, "member": membership.pk, "request": made.pk}
    client.name = request.param
    if request.param == "anonymous":
        return client
    if request.param == "editor":
        user = editor
    else:
        staff = request.param in {"staff", "one-factor", "superuser"}
        user = UserFactory(is_staff=staff, is_superuser=request.param in {"one-factor", "superuser"})
    if request.param in {"stranger", "manager"}:
        organisation = hidden if request.param == "manager" else CarrierFactory(slug="fremd")
        CarrierMembership.objects.create(organisation=organisation, user=user, role=Role.MANAGER)
    client.force_login(user)
    return client


def test_every_url_has_a_row():
    names = {name for name in url_names(get_resolver().url_patterns) if not of_a_model(name)}
    assert names == {name.partition(" ")[0] for name in ROWS}


@pytest.mark.parametrize("role", ROLES, indirect=True)
def test_access(role):
    """All rows of one role in one test, because everybody opens them on the same portal."""
    column = ROLES.index(role.name)
    wanted = {name: statuses[column] for name, (_address, statuses) in ROWS.items()}
    got = {name: role.get(address.format(**role.ids)).status_code for name, (address, _statuses) in ROWS.items()}
    assert got == wanted


@pytest.mark.parametrize("role", ROLES, indirect=True)
def test_access_to_the_administration_of_models(role):
    from django.contrib import admin
    from django.urls import reverse

    wanted = dict(zip(ROLES, (302, 302, 302, 302, 403, 302, 200), strict=True))[role.name]
    lists = [reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist") for m in admin.site._registry]
    lists += [f"/verwaltung/lotsen/carrier/{page}/" for page in ("import", "export/csv", "export/xlsx")]
    answers = {address: role.get(address).status_code for address in lists}
    assert answers == dict.fromkeys(lists, wanted)


@pytest.mark.parametrize("role", ["stranger"], indirect=True)
def test_strangers_change_nothing_of_others(role):
    """Every address of a team that takes a POST is unknown to people of another team."""
    for name, (address, statuses) in ROWS.items():
        if statuses in (TEAM, TEAM_POSTS):
            status = role.post(address.format(**role.ids)).status_code
            assert status == (
                405 if name in {"lotsen:my_carrier", "lotsen:carrier_history", "lotsen:pictures"} else 404
            ), name


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_readers_can_change_nothing(client, method):
    CarrierFactory(slug="offen")
    with_forms = {"lotsen:carrier_register", "lotsen:carrier_report"}
    for name, (address, statuses) in ROWS.items():
        if statuses == OPEN and name.partition(":")[0] in {"public", "lotsen", "places"} and name not in with_forms:
            assert getattr(client, method)(address).status_code in {403, 405}, address
