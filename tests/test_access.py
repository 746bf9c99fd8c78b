"""Who may open which address: a row for every URL of the portal; one without a row fails."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.accounts.access import ROWS as ACCOUNTS
from tests.factories import CarrierFactory, ProgrammeFactory, UserFactory
from vielfalt.listings.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

ROLES = ("anonymous", "stranger", "staff", "superuser")
"""A stranger has an account and no rights; staff may open the administration but were given nothing there."""

OPEN = (200, 200, 200, 200)
ADMINISTRATION = (302, 302, 403, 200)

# The address and the status that each of the roles gets.
ROWS = {
    "public:home": ("/", OPEN),
    "public:page": ("/impressum/", OPEN),
    "public:style": ("/stil/", (404, 404, 200, 200)),
    "public:robots": ("/robots.txt", OPEN),
    "public:sitemap": ("/sitemap.xml", OPEN),
    "lotsen:carrier_map": ("/karte/", OPEN),
    "lotsen:map_data": ("/karte/daten.geojson", OPEN),
    "lotsen:carrier_list": ("/traeger/", OPEN),
    "lotsen:carrier_detail": ("/traeger/offen/", OPEN),
    "lotsen:carrier_detail (draft)": ("/traeger/entwurf/", (404, 404, 200, 200)),
    "places:suggest": ("/orte/?q=Ro", OPEN),
    "places:postal_codes": ("/orte/postleitzahlen.csv", OPEN),
    "admin:index": ("/verwaltung/", (302, 302, 200, 200)),
    "admin:login": ("/verwaltung/login/", (302, 403, 302, 302)),
    "admin:logout": ("/verwaltung/logout/", (302, 302, 405, 405)),
    "admin:password_change": ("/verwaltung/password_change/", (302, 302, 200, 200)),
    "admin:password_change_done": ("/verwaltung/password_change/done/", (302, 302, 200, 200)),
    "admin:autocomplete": ("/verwaltung/autocomplete/", (302, 302, 403, 403)),
    "admin:jsi18n": ("/verwaltung/jsi18n/", (302, 302, 200, 200)),
    "admin:view_on_site": ("/verwaltung/r/1/1/", (302, 302, 404, 404)),
    "admin:app_list": ("/verwaltung/lotsen/", (302, 302, 404, 200)),
    **ACCOUNTS,
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
def role(request, client):
    """A client of somebody in the role, on a portal with a public and a hidden carrier."""
    ProgrammeFactory(carrier=CarrierFactory(slug="offen"))
    CarrierFactory(slug="entwurf", state=State.DRAFT)
    if request.param != "anonymous":
        rights = {"is_staff": request.param in {"staff", "superuser"}, "is_superuser": request.param == "superuser"}
        client.force_login(UserFactory(**rights))
    client.name = request.param
    return client


def test_every_url_has_a_row():
    names = {name for name in url_names(get_resolver().url_patterns) if not of_a_model(name)}
    assert names == {name.partition(" ")[0] for name in ROWS}


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("role", ROLES, indirect=True)
def test_access(role, name):
    address, statuses = ROWS[name]
    assert role.get(address).status_code == statuses[ROLES.index(role.name)]


@pytest.mark.parametrize("role", ROLES, indirect=True)
def test_access_to_the_administration_of_models(role):
    from django.contrib import admin
    from django.urls import reverse

    wanted = ADMINISTRATION[ROLES.index(role.name)]
    lists = [reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist") for m in admin.site._registry]
    lists += [f"/verwaltung/lotsen/carrier/{page}/" for page in ("import", "export/csv", "export/xlsx")]
    answers = {address: role.get(address).status_code for address in lists}
    assert answers == dict.fromkeys(lists, wanted)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_readers_can_change_nothing(client, method):
    CarrierFactory(slug="offen")
    for name, (address, statuses) in ROWS.items():
        if statuses == OPEN and not name.startswith(("admin", "account")):
            assert getattr(client, method)(address).status_code in {403, 405}, address
