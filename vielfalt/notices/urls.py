from django.urls import path

from vielfalt.answers.sharing import shared
from vielfalt.notices import views, workspace
from vielfalt.notices.feeds import NoticeFeed

app_name = "notices"
urlpatterns = [
    path("sucht-bietet/", views.notice_list, name="list"),
    path("sucht-bietet/neues.atom", shared(NoticeFeed()), name="feed"),
    path("mein/sucht-bietet/", workspace.mine, name="mine"),
    path("mein/sucht-bietet/neu/", workspace.new, name="new"),
    path("mein/sucht-bietet/<int:pk>/", workspace.edit, name="edit"),
    path("mein/sucht-bietet/<int:pk>/beenden/", workspace.end, name="end"),
]
