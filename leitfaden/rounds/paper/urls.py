from django.urls import path

from leitfaden.rounds.paper import views

urlpatterns = [
    path("leitfaden/runden/<int:number>/papier.pdf", views.paper, name="paper"),
]
