from django.urls import path

from lotsen.workspace import pictures, team, views

urlpatterns = [
    path("mein/traeger/<slug:slug>/", views.my_carrier, name="my_carrier"),
    path("mein/traeger/<slug:slug>/bestaetigen/", views.confirm_carrier, name="confirm_carrier"),
    path("mein/traeger/<slug:slug>/bearbeiten/<slug:section>/", views.edit_carrier, name="edit_carrier"),
    path("mein/traeger/<slug:slug>/rueckgaengig/", views.undo, name="undo"),
    path("mein/traeger/<slug:slug>/status/<slug:wish>/", views.wish_for_state, name="wish_for_carrier"),
    path("mein/traeger/<slug:slug>/programm/neu/", views.new_programme, name="new_programme"),
    path(
        "mein/traeger/<slug:slug>/programm/<int:pk>/status/<slug:wish>/",
        views.wish_for_state,
        name="wish_for_programme",
    ),
    path("mein/programme/<int:pk>/bearbeiten/<slug:section>/", views.edit_programme, name="edit_programme"),
    path("mein/traeger/<slug:slug>/verlauf/", views.carrier_history, name="carrier_history"),
    path("mein/traeger/<slug:slug>/bilder/", pictures.pictures, name="pictures"),
    path("mein/traeger/<slug:slug>/bilder/neu/logo/", pictures.new_picture, {"kind": "logo"}, name="new_logo"),
    path("mein/traeger/<slug:slug>/bilder/neu/bild/", pictures.new_picture, {"kind": "bild"}, name="new_picture"),
    path("mein/traeger/<slug:slug>/bilder/<int:pk>/", pictures.edit_picture, name="edit_picture"),
    path("mein/traeger/<slug:slug>/team/", team.team, name="team"),
    path("mein/traeger/<slug:slug>/team/<int:pk>/", team.change_member, name="change_member"),
    path("mein/traeger/<slug:slug>/team/einladung/<int:pk>/", team.withdraw_invitation, name="withdraw_invitation"),
]
