from django.urls import path

from vielfalt.reminders import views

app_name = "reminders"
urlpatterns = [
    path("aktuell/<str:token>/", views.confirm_entry, name="confirm_entry"),
    path("aktuell/<str:token>/aendern/", views.change_entry, name="change_entry"),
    path("aktuell/<str:token>/gibt-es-nicht-mehr/", views.report_gone, name="report_gone"),
]
