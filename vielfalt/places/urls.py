from django.urls import path

from vielfalt.places import views

app_name = "places"
urlpatterns = [
    path("orte/", views.suggest, name="suggest"),
    path("orte/postleitzahlen.csv", views.postal_codes, name="postal_codes"),
]
