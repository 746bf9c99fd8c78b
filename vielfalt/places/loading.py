"""Brings the reference data of Hesse from the files in ``data/`` into the database."""

import csv
from collections.abc import Iterable
from pathlib import Path

from django.db import models, transaction

from vielfalt.places.models import District, DiversityCentre, Municipality, PostalCode

DATA = Path(__file__).parent / "data"
POSTAL_CODES_FILE = DATA / "plz.csv"


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file with a header, as the reference data are kept."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def load_places() -> int:
    """Make the places in the database equal to the files and return how many rows had to be written.

    Places belong to the files. Diversity centres belong to the staff once they exist: a missing
    one is created, one that is there is left as it is.
    """
    return sum(
        [
            _write(District, [_district(row) for row in read_rows(DATA / "districts.csv")]),
            _write(Municipality, [_municipality(row) for row in read_rows(DATA / "municipalities.csv")]),
            _load_postal_codes(read_rows(POSTAL_CODES_FILE)),
            _create_diversity_centres(read_rows(DATA / "diversity_centres.csv")),
        ]
    )


def _district(row: dict[str, str]) -> District:
    return District(
        ags=row["ags"],
        name=row["name"],
        kind=row["kind"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        outline=row["outline"],
    )


def _municipality(row: dict[str, str]) -> Municipality:
    return Municipality(
        ags=row["ags"],
        name=row["name"],
        district_id=row["district"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        former_names=row["former_names"],
        outline=row["outline"],
    )


def _load_postal_codes(rows: list[dict[str, str]]) -> int:
    codes = {
        row["plz"]: PostalCode(code=row["plz"], latitude=float(row["lat"]), longitude=float(row["lon"])) for row in rows
    }
    written = _write(PostalCode, codes.values())
    link = PostalCode.municipalities.through
    wanted = {(row["plz"], row["ags"]) for row in rows}
    present = {(code, ags): pk for pk, code, ags in link.objects.values_list("pk", "postalcode_id", "municipality_id")}
    link.objects.bulk_create(link(postalcode_id=code, municipality_id=ags) for code, ags in wanted - present.keys())
    stale = [present[pair] for pair in present.keys() - wanted]
    if stale:
        link.objects.filter(pk__in=stale).delete()
    return written + len(wanted ^ present.keys())


def _create_diversity_centres(rows: list[dict[str, str]]) -> int:
    present = set(DiversityCentre.objects.values_list("district_id", "municipality_id"))
    missing = [row for row in rows if (row["district"], row["municipality"] or None) not in present]
    DiversityCentre.objects.bulk_create(
        DiversityCentre(
            name=row["name"],
            district_id=row["district"],
            municipality_id=row["municipality"] or None,
            website=row["website"],
        )
        for row in missing
    )
    return len(missing)


def _write[Model: models.Model](model: type[Model], wanted: Iterable[Model]) -> int:
    """Create or overwrite the objects that differ from the database, and return their number."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    key = model._meta.pk
    present = set(model._default_manager.values_list(*(field.attname for field in fields)))
    changed = [row for row in wanted if tuple(getattr(row, field.attname) for field in fields) not in present]
    if changed:
        model._default_manager.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=[key.name],
            update_fields=[field.name for field in fields if field is not key],
        )
    return len(changed)
