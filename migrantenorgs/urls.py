from django.urls import path

from migrantenorgs import views
from migrantenorgs.workspace.keeping import ORGANISATIONS
from vielfalt.listings.workspace.urls import pages_of

app_name = "migrantenorgs"
urlpatterns = [
    *pages_of(ORGANISATIONS),
    path("migrantenorganisationen/anmeldebogen.pdf", views.leaflet, name="leaflet"),
    path("migrantenorganisationen/", views.organisation_list, name="organisation_list"),
    path("migrantenorganisationen/daten.geojson", views.map_data, name="map_data"),
    path("migrantenorganisationen/eintraege.geojson", views.map_entries, name="map_entries"),
    path("migrantenorganisationen/anmelden/", views.organisation_register, name="organisation_register"),
    path("migrantenorganisationen/<slug:slug>/", views.organisation_detail, name="organisation_detail"),
    path("migrantenorganisationen/<slug:slug>/fehler-melden/", views.organisation_report, name="organisation_report"),
]
