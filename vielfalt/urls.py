"""All addresses: German words, one namespace for each app."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("vielfalt.public.urls")),
    path("", include("lotsen.urls")),
    path("", include("migrantenorgs.urls")),
    path("", include("leitfaden.rounds.urls")),
    path("", include("leitfaden.urls")),
    path("", include("vielfalt.notices.urls")),
    path("", include("vielfalt.reminders.urls")),
    path("", include("vielfalt.listings.urls")),
    path("", include("vielfalt.places.urls")),
    path("", include("vielfalt.pictures.urls")),
    path("konto/", include("vielfalt.accounts.urls")),
    path("konto/", include("vielfalt.accounts.login_urls")),
    path("", include("vielfalt.mail.urls")),
    path("verwaltung/", admin.site.urls),
]
