from leitfaden.rounds.conducting import urls as conducting
from leitfaden.rounds.ledger import urls as ledger
from leitfaden.rounds.paper import urls as paper
from leitfaden.rounds.reading import urls as reading
from leitfaden.rounds.research import urls as research
from leitfaden.rounds.workbench import urls as workbench
from leitfaden.rounds.writing import urls as writing

app_name = "rounds"
urlpatterns = [
    *conducting.urlpatterns,
    *writing.urlpatterns,
    *workbench.urlpatterns,
    *paper.urlpatterns,
    *research.urlpatterns,
    *ledger.urlpatterns,
    *reading.urlpatterns,
]
