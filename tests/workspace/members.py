"""Members of teams, and what their browsers send."""

import re

from django.test import Client

from vielfalt.accounts.models import Role

HOME = "/mein/traeger/eigener/"


def member(organisation, role=Role.EDITOR, **fields):
    """Return the browser of somebody in the organisation's team, in which they are logged in."""
    from tests.factories import UserFactory

    user = UserFactory(**fields)
    organisation.memberships.create(user=user, role=role)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def opened(client, url):
    """Open a section and return its form as a browser would send it back."""
    response = client.get(url)
    assert response.status_code == 200
    form = response.context["form"]
    data = {"base": response.context["attempt"].base, "form_token": str(response.context["form_token"])}
    for name in form.fields:
        value = form[name].value()
        if value is True:
            data[name] = "on"
        elif value not in (None, False):
            data[name] = value
    return data


def words(response):
    """Return the text of a page as a reader hears it, without the marks of changed words."""
    return " ".join(re.sub(r"<[^>]+>", "", response.content.decode()).split())


def section(slug):
    return f"{HOME}bearbeiten/{slug}/"


def programme_section(programme, slug):
    return f"/mein/programme/{programme.pk}/bearbeiten/{slug}/"
