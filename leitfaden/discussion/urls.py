from django.urls import path

from leitfaden.discussion import views

urlpatterns = [
    path("leitfaden/kommentare/", views.comments, name="comments"),
]
