"""What is asked of a portal with the bench's data: addresses by name, and how many queries each takes.

``python -m tests.bench.rows`` answers for the database of the environment, as JSON. It counts in a process of its own,
with Django's test client, when the process knows already what it looks up only once: for a new address and once more.
"""

import json
import sys
from itertools import product
from math import ceil
from typing import Any
from urllib.parse import urlencode

STATIC, MEMBERS, BARE = "static", "mein", "bare"
"""The rows beside the public pages: a file, a page for members, and the view that has nothing to do."""

NAMES = (
    *("home", "map", "map-place", "map-filters", "data", "data-filters", "list", "list-end", "carrier"),
    *("search-rare", "search-frequent", "leitfaden", "module", "organisations"),
)
"""The public pages."""

MOST_OTHERS = 500
"""So many other questions are more than a round asks."""


def paths() -> dict[str, str]:
    """The address of every page."""
    from leitfaden.models import Edition, Kind
    from leitfaden.trees import load_tree
    from lotsen.models import Carrier
    from tests.bench.seeding.words import FREQUENT, RARE
    from vielfalt.listings.public import ENTRIES_A_PAGE

    carriers = Carrier.objects.published()
    tree = load_tree(Edition.objects.current().get().revision)
    module = next(node for node in tree.walk() if node.kind == Kind.MODULE)
    filters = "sprache=ara&einsatzfeld=aemter-behoerden&traegerart=wohlfahrtsverband"
    addresses = (
        *("/", "/karte/", "/karte/?ort=63065", f"/karte/?{filters}"),
        *("/karte/daten.geojson", f"/karte/daten.geojson?{filters}"),
        *("/traeger/", f"/traeger/?seite={ceil(carriers.count() / ENTRIES_A_PAGE)}"),
        carriers.earliest("pk").get_absolute_url(),
        *(f"/karte/?q={RARE}", f"/karte/?q={FREQUENT}"),
        *("/leitfaden/", f"/leitfaden/seite/{module.anchor}/"),
        "/migrantenorganisationen/",
    )
    return {**dict(zip(NAMES, addresses, strict=True)), MEMBERS: "/mein/"}


def others() -> dict[str, list[str]]:
    """Addresses of the same kind by the name of the row: other places, needs, carriers and words to look for.

    Where a page cannot be asked anything else, it is the page itself.
    """
    from lotsen.models import Carrier, CarrierType, FieldOfWork
    from vielfalt.listings.models import Language
    from vielfalt.places.models import PostalCode

    carriers = list(Carrier.objects.published().order_by("pk")[:MOST_OTHERS])
    needs = list(
        product(
            FieldOfWork.objects.values_list("slug", flat=True),
            CarrierType.objects.values_list("slug", flat=True),
            Language.objects.values_list("pk", flat=True),
        )
    )
    apart = len(needs) // MOST_OTHERS
    filters = [f"sprache={language}&einsatzfeld={field}&traegerart={kind}" for field, kind, language in needs[::apart]]
    questions = {
        "map-place": [f"/karte/?ort={code}" for code in PostalCode.objects.values_list("code", flat=True)],
        "map-filters": [f"/karte/?{each}" for each in filters],
        "data-filters": [f"/karte/daten.geojson?{each}" for each in filters],
        "carrier": [carrier.get_absolute_url() for carrier in carriers],
        "search-rare": [f"/karte/?{urlencode({'q': carrier.name})}" for carrier in carriers],
    }
    return {name: questions.get(name, [path]) for name, path in paths().items()}


def fresh(path: str, number: int = 1) -> str:
    """The same page under an address that nobody has asked for."""
    return f"{path}{'&' if '?' in path else '?'}neu={number}"


def ask() -> dict[str, Any]:
    """Return all addresses, how many queries each takes, and the cookie that opens what is not public."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.bench.seeding.entries import MANAGER

    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200, path
        return len(captured)

    anybody, member = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    member.force_login(get_user_model().objects.get(email=MANAGER))
    queries: dict[str, dict[str, int]] = {"first": {}, "again": {}}
    questions = others()
    for name, path in paths().items():
        client = member if name == MEMBERS else anybody
        client.get(path)
        queries["first"][name] = count(fresh(questions[name][-1]))
        queries["again"][name] = count(path)
    session = member.cookies[settings.SESSION_COOKIE_NAME]
    return {"paths": paths(), "others": questions, "queries": queries, "cookie": f"{session.key}={session.value}"}


if __name__ == "__main__":
    import django

    django.setup()
    json.dump(ask(), sys.stdout)
