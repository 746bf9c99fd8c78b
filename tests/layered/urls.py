"""The second directory: its question, its list and its points."""

from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import include, path

from lotsen.models import Carrier, CarrierType
from vielfalt.accounts.models import User
from vielfalt.listings import geojson
from vielfalt.listings.facets import Facet
from vielfalt.listings.filters import EntryFilter
from vielfalt.listings.models import State


class SampleFilter(EntryFilter):
    offered_facets: ClassVar = (
        Facet("art", "Art", "carrier_type__slug", CarrierType),
        Facet("stand", "Stand", "state", State),
    )

    class Meta(EntryFilter.Meta):
        model = Carrier


def ask(question: QueryDict, user: User | AnonymousUser, **kwargs: Any) -> SampleFilter:
    return SampleFilter(question, Carrier.objects.listed_for(user), **{"options": False, **kwargs})


def count(question: QueryDict, user: User | AnonymousUser) -> int:
    return ask(question, user).qs.count()


def entries(request: HttpRequest) -> HttpResponse:
    found = ask(request.GET, request.user).ordered()
    return JsonResponse({"names": [entry.name for entry in found]})


def data(request: HttpRequest) -> HttpResponse:
    return geojson.answer_points(ask(request.GET, request.user).qs)


def details(request: HttpRequest) -> HttpResponse:
    properties = JSONObject(
        title=F("name"), place=F("municipality__name"), url=geojson.page_of("lotsen:carrier_detail")
    )
    return geojson.answer_details(request.GET, Carrier.objects.listed_for(request.user), properties)


urlpatterns = [
    path("muster/", entries, name="layered_list"),
    path("muster/daten.geojson", data, name="layered_data"),
    path("muster/eintraege.geojson", details, name="layered_entries"),
    path("", include("vielfalt.urls")),
]
