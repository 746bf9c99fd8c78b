"""The tests' settings with the second directory beside the others."""

from tests import settings as usual

globals().update({name: value for name, value in vars(usual).items() if name.isupper()})

INSTALLED_APPS = [*usual.INSTALLED_APPS, "tests.layered.apps.LayeredConfig"]
ROOT_URLCONF = "tests.layered.urls"
