"""``manage.py daily``: for cron or a timer, once a day. Running it twice or missing a day does no harm."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.tasks import TaskResultStatus
from django.utils import timezone

from vielfalt.daily import steps
from vielfalt.daily.tasks import record, run_step


class Command(BaseCommand):
    help = "Does what is due today: reminders, and removing what must not be kept."

    def handle(self, *args: Any, **options: Any) -> None:
        day = timezone.localdate()
        failed = []
        for name in steps.registered():
            outcome = run_step.enqueue(name, day.isoformat())
            if outcome.status == TaskResultStatus.FAILED:
                # The tasks framework has logged what went wrong.
                record(name, day, succeeded=False, result=outcome.errors[0].exception_class_path)
                failed.append(name)
            else:
                self.stdout.write(f"{name}: {outcome.return_value or 'schon erledigt'}")
        if failed:
            raise CommandError(f"Not done, will be tried again with the next call: {', '.join(failed)}.")
