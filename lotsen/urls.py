from django.urls import URLPattern

app_name = "lotsen"
urlpatterns: list[URLPattern] = []
