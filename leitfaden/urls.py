from django.urls import re_path

from leitfaden import views
from leitfaden.discussion import urls as discussion
from leitfaden.editing import urls as editing
from leitfaden.files import urls as files
from leitfaden.history import urls as history
from leitfaden.reading import urls as reading

app_name = "leitfaden"
urlpatterns = [
    re_path(r"^leitfaden/bilder/(?P<name>[0-9a-f]{32})\.webp$", views.picture, name="picture"),
    *editing.urlpatterns,
    *history.urlpatterns,
    *discussion.urlpatterns,
    *files.urlpatterns,
    *reading.urlpatterns,
]
