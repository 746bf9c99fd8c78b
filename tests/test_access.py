"""Who may open which address: a row for every URL of the portal; one without a row fails."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from leitfaden.editions import create_edition, keep_file, withdraw
from leitfaden.models import FileKind
from leitfaden.trees import load_tree
from lotsen.models import CarrierMembership
from migrantenorgs.models import Visibility
from tests.factories import (
    CarrierFactory,
    MigrantOrganisationFactory,
    NoticeFactory,
    ProgrammeFactory,
    UserFactory,
    curator,
)
from tests.leitfaden.texts import editor as author
from tests.leitfaden.texts import publish, small_document
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
READ_ONLY = {"mine", "history", "pictures"}
TEAM_POSTS = (302, 405, 405, 405, 405, 405, 405)
NETWORK = (404, 200, 200, 200, 200, 200, 200)
STAFF_ONLY = (404, 404, 404, 404, 404, 200, 200)
TEXT = (302, 404, 404, 404, 404, 302, 200)
TEXT_MISSING = (302, 404, 404, 404, 404, 302, 404)
TEXT_ELSEWHERE = (302, 404, 404, 404, 404, 302, 302)
PREVIEW = (404, 404, 200, 200, 404, 200, 200)

OWN_PAGES = {
    "mine": ("", TEAM),
    "edit": ("bearbeiten/kontakt/", TEAM),
    "history": ("verlauf/", TEAM),
    "pictures": ("bilder/", TEAM),
    "new_picture": ("bilder/neu/bild/", TEAM),
    "edit_picture": ("bilder/1/", NOT_SET_UP),
    "team": ("team/", TEAM),
    "confirm": ("bestaetigen/", TEAM_POSTS),
    "undo": ("rueckgaengig/", TEAM_POSTS),
    "wish": ("status/archivieren/", TEAM_POSTS),
    "change_member": ("team/{member}/", TEAM_POSTS),
    "withdraw_invitation": ("team/einladung/1/", TEAM_POSTS),
}
"""The pages of an organisation in "Mein Bereich", which are the same in every strand."""

WORKSPACES = {"lotsen": "/mein/traeger/entwurf/", "migrantenorgs": "/mein/migrantenorganisationen/entwurf/"}
DRAFT_EDITION = (404, 404, 404, 404, 404, 200, 200)
WITHDRAWN_EDITION = (410, 410, 410, 410, 410, 200, 200)

# The address and the status that each of the roles gets.
ROWS = {
    "public:home": ("/", OPEN),
    "public:page": ("/impressum/", OPEN),
    "public:style": ("/stil/", (404, 404, 404, 404, 200, 200, 200)),
    "public:robots": ("/robots.txt", OPEN),
    "public:sitemap": ("/sitemap.xml", OPEN),
    "lotsen:carrier_map": ("/karte/", OPEN),
    "lotsen:map_data": ("/karte/daten.geojson", OPEN),
    "lotsen:map_entries": ("/karte/eintraege.geojson?id=1", OPEN),
    "lotsen:carrier_list": ("/traeger/", OPEN),
    "lotsen:carrier_detail": ("/traeger/offen/", OPEN),
    "lotsen:carrier_detail (draft)": ("/traeger/entwurf/", PREVIEW),
    "lotsen:carrier_register": ("/traeger/anmelden/", OPEN),
    "lotsen:carrier_report": ("/traeger/offen/fehler-melden/", OPEN),
    "lotsen:carrier_report (draft)": ("/traeger/entwurf/fehler-melden/", PREVIEW),
    "reminders:confirm_entry": ("/aktuell/x/", NOBODY),
    "reminders:change_entry": ("/aktuell/x/aendern/", NOBODY),
    "reminders:report_gone": ("/aktuell/x/gibt-es-nicht-mehr/", NOBODY),
    "migrantenorgs:leaflet": ("/migrantenorganisationen/anmeldebogen.pdf", OPEN),
    "leitfaden:picture": ("/leitfaden/bilder/0123456789abcdef0123456789abcdef.webp", NOBODY),
    "migrantenorgs:organisation_list": ("/migrantenorganisationen/", OPEN),
    "migrantenorgs:map_data": ("/migrantenorganisationen/daten.geojson", OPEN),
    "migrantenorgs:map_entries": ("/migrantenorganisationen/eintraege.geojson?id=1", OPEN),
    "migrantenorgs:organisation_register": ("/migrantenorganisationen/anmelden/", OPEN),
    "migrantenorgs:organisation_detail": ("/migrantenorganisationen/mo-offen/", OPEN),
    "migrantenorgs:organisation_detail (network)": ("/migrantenorganisationen/mo-netzwerk/", NETWORK),
    "migrantenorgs:organisation_detail (draft)": ("/migrantenorganisationen/mo-entwurf/", STAFF_ONLY),
    "migrantenorgs:organisation_report": ("/migrantenorganisationen/mo-offen/fehler-melden/", OPEN),
    "migrantenorgs:organisation_report (network)": ("/migrantenorganisationen/mo-netzwerk/fehler-melden/", NETWORK),
    "migrantenorgs:organisation_report (draft)": ("/migrantenorganisationen/mo-entwurf/fehler-melden/", STAFF_ONLY),
    "leitfaden:files": ("/leitfaden/2026-1/dateien/", OPEN),
    "leitfaden:files (draft)": ("/leitfaden/2026-2/dateien/", DRAFT_EDITION),
    "leitfaden:files (withdrawn)": ("/leitfaden/2026-0/dateien/", WITHDRAWN_EDITION),
    "leitfaden:build_files": ("/leitfaden/2026-1/dateien/erzeugen/", (405,) * 7),
    "leitfaden:download": ("/leitfaden/2026-1/herunterladen/leitfaden-2026-1.md", OPEN),
    "leitfaden:download (draft)": ("/leitfaden/2026-2/herunterladen/leitfaden-2026-2.md", DRAFT_EDITION),
    "leitfaden:download (withdrawn)": ("/leitfaden/2026-0/herunterladen/leitfaden-2026-0.md", WITHDRAWN_EDITION),
    "leitfaden:book": ("/leitfaden/", OPEN),
    "leitfaden:book (draft)": ("/leitfaden/2026-2/", DRAFT_EDITION),
    "leitfaden:book (withdrawn)": ("/leitfaden/2026-0/", WITHDRAWN_EDITION),
    "leitfaden:everything": ("/leitfaden/alles/", OPEN),
    "leitfaden:everything (draft)": ("/leitfaden/2026-2/alles/", DRAFT_EDITION),
    "leitfaden:page": ("/leitfaden/seite/{module}/", OPEN),
    "leitfaden:page (draft)": ("/leitfaden/2026-2/seite/{module}/", DRAFT_EDITION),
    "leitfaden:passage": ("/leitfaden/{module}/", ELSEWHERE),
    "leitfaden:search": ("/leitfaden/suche/?q=rolle", OPEN),
    "leitfaden:search (draft)": ("/leitfaden/2026-2/suche/?q=rolle", DRAFT_EDITION),
    "leitfaden:cite": ("/leitfaden/zitieren/{module}/", OPEN),
    "leitfaden:cite (withdrawn)": ("/leitfaden/2026-0/zitieren/{module}/", WITHDRAWN_EDITION),
    "leitfaden:outline": ("/leitfaden/bearbeiten/", TEXT),
    "leitfaden:shift": ("/leitfaden/bearbeiten/umstellen/", (302, 404, 404, 404, 404, 302, 405)),
    "leitfaden:upload_picture": ("/leitfaden/bearbeiten/bild/", TEXT),
    "leitfaden:edit_chapter": ("/leitfaden/bearbeiten/kapitel/k7m2/", TEXT_MISSING),
    "leitfaden:edit_block": ("/leitfaden/bearbeiten/absatz/k7m2/", TEXT_MISSING),
    "leitfaden:operate": ("/leitfaden/bearbeiten/absatz/k7m2/teilen/", TEXT_ELSEWHERE),
    "leitfaden:new_block": ("/leitfaden/bearbeiten/neu/in/dokument/kapitel/", TEXT),
    "leitfaden:import": ("/leitfaden/bearbeiten/import/", TEXT),
    "leitfaden:confirm_import": ("/leitfaden/bearbeiten/import/1/", TEXT_ELSEWHERE),
    "leitfaden:editions": ("/leitfaden/bearbeiten/ausgaben/", TEXT),
    "leitfaden:new_edition": ("/leitfaden/bearbeiten/ausgaben/neu/", TEXT),
    "leitfaden:review_edition": ("/leitfaden/bearbeiten/ausgaben/2026-1/", TEXT),
    "leitfaden:delete_edition": ("/leitfaden/bearbeiten/ausgaben/2026-1/loeschen/", TEXT_MISSING),
    "leitfaden:move_edition": ("/leitfaden/bearbeiten/ausgaben/2026-1/freigeben/", TEXT),
    "leitfaden:revisions": ("/leitfaden/stand/", OPEN),
    "leitfaden:revision": ("/leitfaden/stand/1/", (404, 404, 404, 404, 404, 200, 200)),
    "leitfaden:restore_revision": ("/leitfaden/stand/1/wiederherstellen/", TEXT),
    "leitfaden:block": ("/leitfaden/absatz/k7m2/", NOBODY),
    "leitfaden:restore_version": ("/leitfaden/absatz/k7m2/fassung/1/", TEXT_MISSING),
    "leitfaden:comments": ("/leitfaden/kommentare/", OPEN),
    "places:suggest": ("/orte/?q=Ro", OPEN),
    "places:postal_codes": ("/orte/postleitzahlen.csv", OPEN),
    "pictures:file": ("/medien/bilder/unbekannt.webp", NOBODY),
    "listings:sent": ("/antraege/abgeschickt/", OPEN),
    "listings:confirm_sender": ("/antraege/bestaetigen/x/", NOBODY),
    "listings:sent_request": ("/antraege/nachricht/x/", NOBODY),
    "listings:own_request": ("/antraege/{request}/", (302, 404, 200, 404, 404, 404, 404)),
    "listings:workspace": ("/mein/", OWN_ACCOUNT),
    "lotsen:edit_part": ("/mein/programme/{programme}/bearbeiten/sprachen/", TEAM),
    "lotsen:new_part": ("/mein/traeger/entwurf/programm/neu/", TEAM),
    "lotsen:wish_for_part": ("/mein/traeger/entwurf/programm/{programme}/status/archivieren/", TEAM_POSTS),
    "notices:list": ("/sucht-bietet/", OPEN),
    "notices:feed": ("/sucht-bietet/neues.atom", OPEN),
    "notices:mine": ("/mein/sucht-bietet/", OWN_ACCOUNT),
    "notices:new": ("/mein/sucht-bietet/neu/", (302, 200, 200, 200, 302, 302, 302)),
    "notices:edit": ("/mein/sucht-bietet/{notice}/", TEAM),
    "notices:end": ("/mein/sucht-bietet/{notice}/beenden/", TEAM_POSTS),
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
} | {
    f"{strand}:{name}": (home + page, statuses)
    for strand, home in WORKSPACES.items()
    for name, (page, statuses) in OWN_PAGES.items()
}


STRANDS = {"lotsen": "Redaktion WIR-Lots*innen", "migrantenorgs": "Redaktion Migrantenorganisationen"}
"""The groups of those who curate a strand, by its app."""

AS_CURATOR = {
    "lotsen": {
        "lotsen:carrier_detail (draft)": 200,
        "lotsen:carrier_report (draft)": 200,
        "admin:app_list": 200,
    },
    "migrantenorgs": {
        "migrantenorgs:organisation_detail (draft)": 200,
        "migrantenorgs:organisation_report (draft)": 200,
    },
}
"""What staff of a strand get that other staff do not."""

EVERY_CURATORS = ("listings.changerequest", "listings.language", "listings.accessibilityfeature", "places.", "notices.")
"""How the models begin that staff of all strands open in the administration."""


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


def published_leitfaden():
    """Make an edition of each kind and return the anchor of their module."""
    alice, bob = author("Alice"), author("Bob")
    document = small_document(alice)
    withdrawn = publish(document, "2026.0", alice, bob)
    edition = publish(document, "2026.1", alice, bob)
    draft = create_edition(document=document, label="2026.2", revision=edition.revision, by=alice)
    for one in (withdrawn, edition, draft):
        keep_file(edition=one, kind=FileKind.MARKDOWN, content=b"# Leitfaden")
    withdraw(edition=withdrawn, reason="Ein Fehler.", by=alice)
    return load_tree(edition.revision).modules[0].anchor


@pytest.fixture
def role(request, client, settings):
    """A client of somebody in the role, on a portal with a public carrier and a hidden one that has a team.

    Of the migrant organisations one is public, one for the network only, and one a draft without a team.
    """
    settings.STAFF_SECOND_FACTOR = request.param == "one-factor"
    ProgrammeFactory(carrier=CarrierFactory(slug="offen"))
    MigrantOrganisationFactory(slug="mo-offen")
    MigrantOrganisationFactory(slug="mo-netzwerk", visibility=Visibility.NETWORK)
    MigrantOrganisationFactory(slug="mo-entwurf", state=State.DRAFT)
    hidden = CarrierFactory(slug="entwurf", state=State.DRAFT)
    programme = ProgrammeFactory(carrier=hidden, state=State.DRAFT)
    editor = UserFactory()
    membership = CarrierMembership.objects.create(organisation=hidden, user=editor, role=Role.EDITOR)
    made = actions.submit_change(
        entry=hidden, proposed={"name": "Neu"}, base={"name": hidden.name}, by=actions.Sender(user=editor)
    )
    association = MigrantOrganisationFactory(slug="entwurf", state=State.DRAFT)
    association.memberships.create(user=editor, role=Role.EDITOR)
    notice = NoticeFactory(organisation=hidden)
    module = published_leitfaden()
    client.ids = {
        "module": module,
        "notice": notice.pk,
        "programme": programme.pk,
        "member": membership.pk,
        "request": made.pk,
    }
    client.name = request.param
    if request.param == "anonymous":
        return client
    if request.param == "editor":
        user = editor
    elif request.param in STRANDS:
        user = curator(STRANDS[request.param])
    else:
        staff = request.param in {"staff", "one-factor", "superuser"}
        user = UserFactory(is_staff=staff, is_superuser=request.param in {"one-factor", "superuser"})
    if request.param in {"stranger", "manager"}:
        organisation = hidden if request.param == "manager" else CarrierFactory(slug="fremd")
        CarrierMembership.objects.create(organisation=organisation, user=user, role=Role.MANAGER)
    if request.param == "manager":
        association.memberships.create(user=user, role=Role.MANAGER)
    client.force_login(user)
    return client


def test_every_url_has_a_row():
    """Rounds of the Leitfaden have roles and states of their own: ``tests/rounds/test_access.py``."""
    names = {name for name in url_names(get_resolver().url_patterns) if not of_a_model(name)}
    names = {name for name in names if not name.startswith("rounds:")}
    assert names == {name.partition(" ")[0] for name in ROWS}


@pytest.mark.parametrize("role", ROLES, indirect=True)
def test_access(role):
    """All rows of one role in one test, because everybody opens them on the same portal."""
    column = ROLES.index(role.name)
    wanted = {name: statuses[column] for name, (_address, statuses) in ROWS.items()}
    got = {name: role.get(address.format(**role.ids)).status_code for name, (address, _statuses) in ROWS.items()}
    assert got == wanted


@pytest.mark.parametrize("role", STRANDS, indirect=True)
def test_access_of_a_strands_staff(role):
    """What any staff may open, and beyond it what is theirs."""
    column = ROLES.index("staff")
    wanted = {name: statuses[column] for name, (_address, statuses) in ROWS.items()} | AS_CURATOR[role.name]
    got = {name: role.get(address.format(**role.ids)).status_code for name, (address, _statuses) in ROWS.items()}
    assert got == wanted


def lists_of_the_administration():
    """The addresses of all lists by their model, and what else there is beside the list of carriers."""
    from django.contrib import admin
    from django.urls import reverse

    labels = [model._meta.label_lower for model in admin.site._registry]
    lists = {label: reverse(f"admin:{label.replace('.', '_')}_changelist") for label in labels}
    pages = ("import", "export/csv", "export/xlsx")
    return lists | {f"lotsen.carrier {page}": f"/verwaltung/lotsen/carrier/{page}/" for page in pages}


@pytest.mark.parametrize("role", ROLES, indirect=True)
def test_access_to_the_administration_of_models(role):
    wanted = dict(zip(ROLES, (302, 302, 302, 302, 403, 302, 200), strict=True))[role.name]
    lists = lists_of_the_administration()
    answers = {label: role.get(address).status_code for label, address in lists.items()}
    assert answers == dict.fromkeys(lists, wanted)


@pytest.mark.parametrize("role", STRANDS, indirect=True)
def test_access_of_a_strands_staff_to_the_administration_of_models(role):
    lists = lists_of_the_administration()
    own = (f"{role.name}.", *EVERY_CURATORS)
    answers = {label: role.get(address).status_code for label, address in lists.items()}
    assert answers == {label: 200 if label.startswith(own) else 403 for label in lists}


@pytest.mark.parametrize("role", ["stranger"], indirect=True)
def test_strangers_change_nothing_of_others(role):
    """Every address of a team that takes a POST is unknown to people of another team."""
    for name, (address, statuses) in ROWS.items():
        if statuses in (TEAM, TEAM_POSTS):
            status = role.post(address.format(**role.ids)).status_code
            assert status == (405 if name.partition(":")[2] in READ_ONLY else 404), name


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_readers_can_change_nothing(client, method):
    CarrierFactory(slug="offen")
    MigrantOrganisationFactory(slug="mo-offen")
    apps = {"public", "lotsen", "migrantenorgs", "places"}
    for name, (address, statuses) in ROWS.items():
        if statuses == OPEN and name.partition(":")[0] in apps and not name.endswith(("_register", "_report")):
            assert getattr(client, method)(address).status_code in {403, 405}, address
