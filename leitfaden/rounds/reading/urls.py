from django.urls import path

from leitfaden.rounds.reading import lists, polls, proposal, rounds
from leitfaden.rounds.reading.feeds import RoundFeed

urlpatterns = [
    path("leitfaden/runden/", rounds.rounds, name="rounds"),
    path("leitfaden/runden/neues.atom", RoundFeed(), name="feed"),
    path("leitfaden/runden/<int:number>/", rounds.round_, name="round"),
    path("leitfaden/runden/<int:number>/vorschlaege/", lists.proposals, name="proposals"),
    path("leitfaden/runden/<int:number>/streit/<slug:anchor>/", polls.poll, name="poll"),
    path("leitfaden/vorschlag/<int:pk>/", proposal.proposal, name="proposal"),
]
