"""The portal's own pages of an account; django-allauth's are in ``login_urls``."""

from django.urls import path

from vielfalt.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("daten/", views.data, name="data"),
]
