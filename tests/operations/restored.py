"""Prints what pages of a restored portal answer: run as a program of its own, with the environment of that portal."""

import hashlib
import json
import os
import sys


def answers(addresses):
    """The status and the checksum of what each address answers."""
    from django.test import Client

    responses = {address: Client().get(address) for address in addresses}
    return {name: [one.status_code, hashlib.sha256(one.content).hexdigest()] for name, one in responses.items()}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    from django.conf import settings
    from django.test.utils import setup_test_environment

    django.setup()
    settings.DEBUG = False
    setup_test_environment()
    sys.stdout.write(json.dumps(answers(sys.argv[1:])))
