from django.urls import path

from leitfaden.history import views

urlpatterns = [
    path("leitfaden/stand/", views.revisions, name="revisions"),
    path("leitfaden/stand/<int:number>/", views.revision, name="revision"),
    path("leitfaden/stand/<int:number>/wiederherstellen/", views.restore_revision, name="restore_revision"),
    path("leitfaden/absatz/<slug:anchor>/", views.block, name="block"),
    path("leitfaden/absatz/<slug:anchor>/fassung/<int:number>/", views.restore_version, name="restore_version"),
]
