from django.urls import re_path

from leitfaden.reading.urls import EditionConverter
from leitfaden.rounds.ledger import decisions, news

EDITION = rf"^leitfaden/(?P<edition>{EditionConverter.regex})/"

urlpatterns = [
    re_path(rf"{EDITION}entscheidungen/$", decisions.ledger, name="ledger"),
    re_path(rf"{EDITION}neu/$", news.news, name="news"),
]
