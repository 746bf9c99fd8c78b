from django.urls import path

from vielfalt.listings import views

app_name = "listings"
urlpatterns = [
    path("mein/", views.workspace, name="workspace"),
    path("antraege/abgeschickt/", views.sent, name="sent"),
    path("antraege/bestaetigen/<str:token>/", views.confirm_sender, name="confirm_sender"),
    path("antraege/nachricht/<str:token>/", views.sent_request, name="sent_request"),
    path("antraege/<int:number>/", views.own_request, name="own_request"),
]
