"""The page of a round for research, its codebook, and the files."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from leitfaden.loading import SLUG
from leitfaden.rounds.models import Code, Coding, Position, Proposal, Remark, Round
from leitfaden.rounds.reading.finding import find_round
from leitfaden.rounds.research.access import for_researchers
from leitfaden.rounds.research.files import write_csv_archive, write_json
from leitfaden.rounds.research.tables import TABLES, notes


@for_researchers
@require_safe
def research(request: HttpRequest, number: int) -> HttpResponse:
    """What there is to evaluate of a round, and the way to other rounds."""
    round_ = find_round(number, request.user)
    public = Proposal.objects.public().filter(round=round_)
    context = {
        "round": round_,
        "rounds": Round.objects.visible_to(request.user).filter(document__slug=SLUG).order_by("-number"),
        "proposals": public.count(),
        "positions": Position.objects.counted().filter(version__proposal__in=public.values("pk")).count(),
        "remarks": Remark.objects.for_research().filter(proposal__round=round_).count(),
        "codes": Code.objects.count(),
        "codings": Coding.objects.filter(proposal__in=public.values("pk")).count(),
        "notes": notes(),
    }
    return render(request, "rounds/research/research.html", context)


@for_researchers
@require_safe
def codebook(request: HttpRequest, number: int) -> HttpResponse:
    """What every column means."""
    context = {"round": find_round(number, request.user), "tables": TABLES, "notes": notes()}
    return render(request, "rounds/research/codebook.html", context)


@for_researchers
@require_safe
def csv_export(request: HttpRequest, number: int) -> FileResponse:
    """All tables of a round, each as CSV."""
    round_ = find_round(number, request.user)
    return _download(round_, write_csv_archive, "zip", "application/zip")


@for_researchers
@require_safe
def json_export(request: HttpRequest, number: int) -> FileResponse:
    """All tables of a round in one document."""
    round_ = find_round(number, request.user)
    return _download(round_, write_json, "json", "application/json")


def _download(round_: Round, write: Callable[[Round, IO[bytes]], None], ending: str, kind: str) -> FileResponse:
    """Answer with a file that is written to the disk first, because it may be large."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    write(round_, file)
    file.seek(0)
    name = f"runde-{round_.number}-{localdate():%Y-%m-%d}.{ending}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)
