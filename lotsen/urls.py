from django.urls import path

from lotsen import views

app_name = "lotsen"
urlpatterns = [
    path("karte/", views.carrier_map, name="carrier_map"),
    path("karte/daten.geojson", views.map_data, name="map_data"),
    path("traeger/", views.carrier_list, name="carrier_list"),
    path("traeger/anmelden/", views.carrier_register, name="carrier_register"),
    path("traeger/<slug:slug>/", views.carrier_detail, name="carrier_detail"),
    path("traeger/<slug:slug>/fehler-melden/", views.carrier_report, name="carrier_report"),
]
