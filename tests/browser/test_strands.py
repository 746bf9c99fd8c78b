"""What staff of a strand see of the administration, staff without a task, and the operators' settings."""

import pytest

from tests.browser.assertions import NARROW, look

CURATOR = "redaktion-lotsen@example.org"
ADMINISTRATOR = "redaktion@example.org"
WITHOUT_GROUP = "ohne-gruppe@example.org"
SOMEBODY = f"""
from vielfalt.accounts.models import User

User.objects.create_user({WITHOUT_GROUP!r}, "demo", is_staff=True)
"""


@pytest.fixture
def visit_as(visit):
    def visit_as(email, path, **options):
        return visit(path, email=email, **options)

    return visit_as


@pytest.mark.parametrize("path", ["/verwaltung/", "/verwaltung/listings/changerequest/"])
def test_staff_of_a_strand(visit_as, path):
    page = visit_as(CURATOR, path, **NARROW)
    look(page, best_practice=False)
    assert page.get_by_role("link", name="Konten").count() == 0


@pytest.mark.prepared(SOMEBODY)
def test_staff_without_a_task_learn_why(visit_as):
    page = visit_as(WITHOUT_GROUP, "/verwaltung/", **NARROW)
    assert page.get_by_role("heading", name="Ihr Schreibtisch ist noch leer").is_visible()
    look(page, best_practice=False)


@pytest.mark.parametrize("path", ["", "add/"])
def test_operators(visit_as, path):
    page = visit_as(ADMINISTRATOR, f"/verwaltung/operators/operator/{path}", **NARROW)
    look(page, best_practice=False)
