"""Sign in and out. Two-factor and single sign-on come with editorial review."""

from django.contrib.auth.views import LoginView, LogoutView


class SignIn(LoginView):
    template_name = "pages/sign_in.html"
    redirect_authenticated_user = False


class SignOut(LogoutView):
    http_method_names = ["post", "options"]
