"""The column "Ort": where a programme has its place and which area it covers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lotsen.models import CarrierType
from vielfalt.listings.spreadsheets.places import names, other_names
from vielfalt.listings.spreadsheets.words import UnknownWordError, Words, without_remark
from vielfalt.places.models import District, Municipality
from vielfalt.text import match_key

ONLY_PLACE = "nur Standort"
"""The remark behind the first place where the programme sits in it but does not cover it."""

RURAL_CARRIER = "landkreis"
"""The slug of the Trägerart whose programmes usually cover their whole district."""


@dataclass(frozen=True)
class Area:
    """What a programme covers, as AGS keys, each part once: no municipality of a covered district."""

    municipalities: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()


class Places:
    """All municipalities and districts, and what they are called."""

    def __init__(self) -> None:
        fields = ("ags", "name", "district_id", "former_names")
        self.municipalities = {place.ags: place for place in Municipality.objects.only(*fields)}
        self.districts = {place.ags: place for place in District.objects.only("ags", "name", "kind")}
        towns, districts = self.municipalities.values(), self.districts.values()
        rural = [district for district in districts if district.kind == District.Kind.RURAL]
        self.words: Words[Municipality | District] = Words(
            [*names(towns), *((district, district.label) for district in rural)],
            other_names(towns) + [(self._only_town(city), city.label) for city in districts if city not in rural],
            [(district, f"{kind} {district.name}") for district in rural for kind in ("Kreis", "LK")]
            + [(district, word) for district in rural for word in (district.name, district.ags)],
        )

    def _only_town(self, city: District) -> Municipality:
        return next(town for town in self.municipalities.values() if town.district_id == city.ags)

    def district_called(self, name: str) -> District | None:
        """Return the Landkreis that has exactly this name, such as the carrier "Landkreis Kassel"."""
        key = match_key(name)
        return next((district for district in self.districts.values() if match_key(district.label) == key), None)

    def area(self, municipalities: Iterable[str], districts: Iterable[str]) -> Area:
        """Return the area in its shortest form; a town that is a district of its own counts as a municipality."""
        rural = {ags for ags in districts if self.districts[ags].kind == District.Kind.RURAL}
        towns = {*municipalities, *(self._only_town(self.districts[ags]).ags for ags in set(districts) - rural)}
        return Area(
            frozenset(ags for ags in towns if self.municipalities[ags].district_id not in rural), frozenset(rural)
        )


@dataclass(frozen=True)
class PlaceCell:
    """What a cell of the column says: the place and, where it says so, the area."""

    place: Municipality
    area: Area | None
    """``None``: one place only, so what it covers depends on the kind of carrier."""


def read_places(cell: str, places: Places) -> PlaceCell:
    """Read a list of places, or raise ``UnknownWordError``."""
    found: list[Municipality | District] = []
    only_place = False
    for word in places.words.split(cell):
        name, remark = without_remark(word)
        if remark and match_key(remark) == match_key(ONLY_PLACE) and not places.words.knows(word):
            if found:
                raise UnknownWordError(_("„({remark})“ kann nur beim ersten Ort stehen.").format(remark=ONLY_PLACE))
            only_place = True
            found.append(places.words.find(name))
        else:
            found.append(places.words.find(word))
    match found:
        case []:
            raise UnknownWordError(_("Hier steht kein Ort."))
        case [Municipality() as place] if not only_place:
            return PlaceCell(place, None)
        case [Municipality() as place, *_more]:
            covered = found[1:] if only_place else found
            return PlaceCell(
                place,
                places.area(
                    [one.ags for one in covered if isinstance(one, Municipality)],
                    [one.ags for one in covered if isinstance(one, District)],
                ),
            )
    raise UnknownWordError(_("Als Erstes muss eine Gemeinde stehen, „{place}“ ist ein Kreis.").format(place=found[0]))


def usual_area(place: Municipality, carrier_name: str, carrier_type: CarrierType, places: Places) -> Area:
    """Return what one place alone stands for: itself, or for a Landkreis the whole district.

    A Landkreis may have its seat outside of itself (Kassel), so its own name counts first.
    """
    if carrier_type.slug != RURAL_CARRIER:
        return places.area([place.ags], [])
    own = places.district_called(carrier_name)
    return places.area([], [own.ags if own else place.district_id])


def write_places(place: Municipality, area: Area, usual: Area, places: Places) -> str:
    """Return the cell that ``read_places`` reads as this place and area."""
    if area == usual:
        return place.name
    others = sorted(
        [places.municipalities[ags].name for ags in area.municipalities - {place.ags}]
        + [places.districts[ags].label for ags in area.districts]
    )
    if others and (place.ags in area.municipalities or place.district_id in area.districts):
        return ", ".join([place.name, *others])
    itself = [place.name] if place.ags in area.municipalities else []
    return ", ".join([f"{place.name} ({ONLY_PLACE})", *itself, *others])
