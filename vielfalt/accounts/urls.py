"""The portal's own pages of an account; django-allauth's are in ``login_urls``."""

from django.urls import path

from vielfalt.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("daten/", views.data, name="data"),
    path("daten/herunterladen/", views.download, name="download"),
    path("loeschen/", views.leave, name="leave"),
    path("geloescht/", views.left, name="left"),
    path("einladung/<str:token>/", views.invitation, name="invitation"),
    path("einladung/<str:token>/neuer-link/", views.new_link, name="new_link"),
]
