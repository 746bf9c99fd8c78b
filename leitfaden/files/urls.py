from django.urls import re_path

from leitfaden.files import views

_EDITION = r"^leitfaden/(?P<edition>\d{4}-\d{1,3})"

urlpatterns = [
    re_path(rf"{_EDITION}/dateien/$", views.files, name="files"),
    re_path(rf"{_EDITION}/dateien/erzeugen/$", views.build, name="build_files"),
    re_path(rf"{_EDITION}/herunterladen/(?P<name>[\w.-]+)$", views.download, name="download"),
]
