"""One step of the day, as a task: the tasks framework catches and describes what goes wrong in it."""

from datetime import date

from django.db import transaction
from django.tasks import task
from django.utils.module_loading import import_string

from vielfalt.daily import steps
from vielfalt.daily.models import DailyRun
from vielfalt.locks import lock_for_transaction


@task(backend="immediate")
def run_step(name: str, day: str) -> str | None:
    """Do one step in its own transaction and record it; return what was done, or ``None`` if it was done before.

    Whoever comes second waits for the first and then finds the record.
    """
    on = date.fromisoformat(day)
    with transaction.atomic():
        lock_for_transaction(f"daily {name}")
        if DailyRun.objects.filter(step=name, day=on, succeeded=True).exists():
            return None
        result = str(import_string(steps.registered()[name])(on))
        record(name, on, succeeded=True, result=result)
    return result


def record(name: str, day: date, *, succeeded: bool, result: str) -> None:
    """Write down how a step went; a failure never overwrites what another process did well meanwhile."""
    run, created = DailyRun.objects.get_or_create(
        step=name, day=day, defaults={"succeeded": succeeded, "result": result}
    )
    if not created and not run.succeeded:
        run.succeeded, run.result = succeeded, result
        run.save()
