from django.urls import include, path

from lotsen import confirming, views

app_name = "lotsen"
urlpatterns = [
    path("", include("lotsen.workspace.urls")),
    path("karte/", views.carrier_map, name="carrier_map"),
    path("karte/daten.geojson", views.map_data, name="map_data"),
    path("traeger/", views.carrier_list, name="carrier_list"),
    path("traeger/anmelden/", views.carrier_register, name="carrier_register"),
    path("traeger/<slug:slug>/", views.carrier_detail, name="carrier_detail"),
    path("aktuell/<str:token>/", confirming.confirm_entry, name="confirm_entry"),
    path("aktuell/<str:token>/aendern/", confirming.change_entry, name="change_entry"),
    path("aktuell/<str:token>/gibt-es-nicht-mehr/", confirming.report_gone, name="report_gone"),
    path("traeger/<slug:slug>/fehler-melden/", views.carrier_report, name="carrier_report"),
]
