from django.urls import path

from leitfaden.rounds.workbench import concluding, deciding, overview

urlpatterns = [
    path("leitfaden/runden/<int:number>/entscheiden/", overview.workbench, name="workbench"),
    path("leitfaden/runden/<int:number>/entscheiden/rest-verschieben/", overview.postpone_rest, name="postpone_rest"),
    path("leitfaden/runden/<int:number>/entscheiden/<slug:key>/", deciding.decide, name="decide"),
    path("leitfaden/runden/<int:number>/abschliessen/", concluding.conclude, name="conclude"),
]
