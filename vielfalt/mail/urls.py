from django.urls import path

from vielfalt.mail import views

app_name = "mail"
urlpatterns = [
    path("post/abbestellen/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("mein/post/", views.mailbox, name="mailbox"),
]
