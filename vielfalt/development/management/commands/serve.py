"""Serves the portal for development, on a database that is ready to use."""

import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.core.management.base import CommandParser
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV
from whitenoise.runserver_nostatic.management.commands.runserver import Command as RunserverCommand

from vielfalt.development import pango
from vielfalt.development.setup import SetupError, require_free_port


def end_with_parent(parent: int) -> None:
    """End this process once its parent has died, so that no forgotten child keeps the port and the database."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


class Command(RunserverCommand):
    help = "Migrates, loads reference and (into an empty database) demo data, and serves with automatic reload."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("serve is for development only: set DEBUG=1, or run gunicorn (docs/betrieb.md).")
        # A closed terminal ends the server as Ctrl-C does, the database included.
        signal.signal(signal.SIGHUP, lambda *_: sys.exit(0))
        # The automatic reload runs this command again in a child; the database is ready by then.
        if os.environ.get(DJANGO_AUTORELOAD_ENV):
            threading.Thread(target=end_with_parent, args=[os.getppid()], daemon=True).start()
        else:
            self.prepare(options["port"])
        options.update(addrport=f"127.0.0.1:{options['port']}", skip_checks=True)
        super().handle(*args, **options)

    def prepare(self, port: int) -> None:
        """Bring the database up to date and say where the portal will be."""
        try:
            require_free_port(port)
        except SetupError as error:
            raise CommandError(error) from None
        pango.install_if_possible()
        # Also says what is still missing.
        self.check()
        call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0)
        empty = not get_user_model().objects.exists()
        if empty:
            self.stderr.write("Loading demo data …")
        # The command that makes the demo log-ins also knows which of them still work, and prints them.
        call_command("load_demo", logins=not empty)
        if empty:
            # They take some fifteen seconds, which nobody should have to wait for.
            command = [sys.executable, sys.argv[0], "build_leitfaden"]
            subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        # This process only waits from now on.
        connection = cast(DatabaseWrapper, connections["default"])
        connection.close()
        connection.close_pool()

    def on_bind(self, server_port: int) -> None:
        """Say where the portal is, once it answers."""
        address = f"http://127.0.0.1:{server_port}"
        self.stdout.write(f"Portal: {address}/   Verwaltung: {address}/verwaltung/   (Ctrl-C ends it, the data stays.)")
