from django.urls import path

from leitfaden.rounds.research import codes, exports, proposals

_ROUND = "leitfaden/runden/<int:number>/forschung/"

urlpatterns = [
    path(_ROUND, exports.research, name="research"),
    path(f"{_ROUND}codebuch/", exports.codebook, name="codebook"),
    path(f"{_ROUND}daten.zip", exports.csv_export, name="csv_export"),
    path(f"{_ROUND}daten.json", exports.json_export, name="json_export"),
    path(f"{_ROUND}codes/", codes.codes, name="codes"),
    path(f"{_ROUND}codes/<int:pk>/", codes.code, name="code"),
    path(f"{_ROUND}vorschlaege/", proposals.proposals, name="coded_proposals"),
    path(f"{_ROUND}vorschlaege/<int:pk>/", proposals.coded_proposal, name="coded_proposal"),
]
