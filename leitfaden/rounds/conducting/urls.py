from django.urls import path

from leitfaden.rounds.conducting import on_behalf, plans, positions, queue, review

urlpatterns = [
    path("leitfaden/runden/verwalten/", plans.manage_rounds, name="manage_rounds"),
    path("leitfaden/runden/verwalten/neu/", plans.new_round, name="new_round"),
    path("leitfaden/runden/verwalten/<int:number>/", plans.manage_round, name="manage_round"),
    path("leitfaden/runden/verwalten/<int:number>/bearbeiten/", plans.edit_round, name="edit_round"),
    path("leitfaden/runden/verwalten/<int:number>/loeschen/", plans.delete_round, name="delete_round"),
    path("leitfaden/runden/verwalten/<int:number>/starten/", plans.start_round, name="start_round"),
    path("leitfaden/runden/verwalten/<int:number>/verlaengern/", plans.prolong_round, name="prolong_round"),
    path("leitfaden/runden/verwalten/<int:number>/abbrechen/", plans.cancel_round, name="cancel_round"),
    path("leitfaden/runden/<int:number>/pruefen/", queue.review_queue, name="review_queue"),
    path("leitfaden/runden/<int:number>/pruefen/<int:pk>/", review.review, name="review"),
    path("leitfaden/runden/<int:number>/im-auftrag/", on_behalf.on_behalf, name="on_behalf"),
    path("leitfaden/runden/<int:number>/im-auftrag/vorschlag/", on_behalf.enter_proposal, name="enter_proposal"),
    path(
        "leitfaden/runden/<int:number>/im-auftrag/<int:pk>/positionen/",
        positions.enter_positions,
        name="enter_positions",
    ),
]
