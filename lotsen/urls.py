from django.urls import path

from lotsen import views
from lotsen.workspace.keeping import CARRIERS
from vielfalt.listings.workspace.urls import pages_of

app_name = "lotsen"
urlpatterns = [
    *pages_of(CARRIERS),
    path("karte/", views.carrier_map, name="carrier_map"),
    path("karte/daten.geojson", views.map_data, name="map_data"),
    path("karte/eintraege.geojson", views.map_entries, name="map_entries"),
    path("traeger/", views.carrier_list, name="carrier_list"),
    path("traeger/anmelden/", views.carrier_register, name="carrier_register"),
    path("traeger/<slug:slug>/", views.carrier_detail, name="carrier_detail"),
    path("traeger/<slug:slug>/fehler-melden/", views.carrier_report, name="carrier_report"),
]
