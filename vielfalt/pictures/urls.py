from django.urls import path

from vielfalt.pictures import views

app_name = "pictures"
urlpatterns = [path("medien/<path:name>", views.picture_file, name="file")]
