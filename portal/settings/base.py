"""What is true on every machine. What differs between machines is an environment variable,
described in ``docs/configuration.md``; a test compares that table with this file."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from PIL import features

from portal.settings import wagtail_search

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.str("PORTAL_VAR", default=str(BASE_DIR / "var"))).resolve()

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PORTAL_URL = env.str("PORTAL_URL", default="http://127.0.0.1:8000").rstrip("/")
#: Demo accounts have a public password: never on a portal that the public reaches.
DEMO_ALLOWED = env.bool("PORTAL_DEMO", default=False)
PORTAL_NAME = env.str("PORTAL_NAME", default="Cổng thông tin văn bản")

INSTALLED_APPS = [
    "search",
    "legal_docs",
    "directives",
    "news",
    "portal.pages",
    "portal.editorial",
    "portal.organisations",
    "portal.core",
    "wagtail_modeladmin",
    "wagtail.sites",
    "portal.core.users.PortalUsersConfig",
    "wagtail.snippets",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.core.middleware.ContentSecurityPolicy",
    "portal.core.middleware.NoNul",
    "portal.pages.front_cache.middleware.FrontCache",
    "portal.core.cache_guard.CacheGuard",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.core.language.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.organisations.middleware.AudienceMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.organisations.signing_in.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.pages.middleware.OwnPagesOnly",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "portal.core.page_cache.PageCache",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["portal.organisations.permissions.RoleBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.i18n",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.pages.context.portal",
            ],
            "builtins": [
                "portal.core.templatetags.portal",
                "legal_docs.templatetags.law",
            ],
        },
    },
]

# --- data -------------------------------------------------------------------------------------
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-32000; PRAGMA mmap_size=134217728;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# A cache that all processes share: log-in limits are counted in it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
    },
    # Which sizes of a picture were made; the bytes of a picture never change.
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}

# Uploads lie outside the web root; portal.pages.views.files serves them after asking who reads.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "files")))
MEDIA_URL = "/tep/"
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
MAX_UPLOAD_MB = env.int("MAX_UPLOAD_MB", default=100)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

# --- a cache in front -------------------------------------------------------------------------
#: nginx+http://… or varnish+http://…: caches in front that follow publications by key.
FRONT_CACHE_URLS: list[str] = env.list("FRONT_CACHE_URLS", default=[])
#: What tells the portal's own requests to a cache in front from those of strangers.
FRONT_CACHE_TOKEN = env.str("FRONT_CACHE_TOKEN", default="")
FRONT_CACHE_SECONDS = env.int("FRONT_CACHE_SECONDS", default=600)

# --- usage ------------------------------------------------------------------------------------
#: Days for which views of single things are kept by day; older ones by month. 0 counts nothing.
USAGE_DAYS = env.int("USAGE_DAYS", default=400)

# --- content rules ----------------------------------------------------------------------------
#: Days for which the log of content rules is kept; 0 keeps all.
RULE_LOG_DAYS = env.int("RULE_LOG_DAYS", default=400)

# --- following documents by e-mail ------------------------------------------------------------
#: Days for which the link that confirms is good, and after which what nobody confirmed is deleted.
FOLLOW_CONFIRM_DAYS = env.int("FOLLOW_CONFIRM_DAYS", default=3)
#: Documents that one address may follow.
FOLLOW_MOST_DOCUMENTS = env.int("FOLLOW_MOST_DOCUMENTS", default=100)
#: Mails that may be asked for in an hour: to one address, by one client.
FOLLOW_MAILS_PER_ADDRESS = env.int("FOLLOW_MAILS_PER_ADDRESS", default=5)
FOLLOW_MAILS_PER_CLIENT = env.int("FOLLOW_MAILS_PER_CLIENT", default=20)

# --- search -----------------------------------------------------------------------------------
SEARCH_URL = env.str("SEARCH_URL", default="")
SEARCH_API_KEY = env.str("SEARCH_API_KEY", default="")
SEARCH_CA_FILE = env.str("SEARCH_CA_FILE", default="")
SEARCH_INDEX_PREFIX = env.str("SEARCH_INDEX_PREFIX", default="portal")
SEARCH_SHARDS = env.int("SEARCH_SHARDS", default=1)
SEARCH_REPLICAS = env.int("SEARCH_REPLICAS", default=0)
SEARCH_TIMEOUT = env.float("SEARCH_TIMEOUT", default=5.0)
SEARCH_WRITE_TIMEOUT = env.float("SEARCH_WRITE_TIMEOUT", default=60.0)
SEARCH_INDEX_DIR = Path(env.str("SEARCH_INDEX_DIR", default=str(VAR_DIR / "index")))
#: Least seconds between two updates of the index by one process.
SEARCH_DRAIN_PAUSE = 1.0
SEARCH_SECOND_STAGE = env.bool("SEARCH_SECOND_STAGE", default=True)
SEARCH_STAGE_BUDGET = env.float("SEARCH_STAGE_BUDGET", default=0.4)
#: Days for which counts of queries and choices are kept; 0 counts nothing.
SEARCH_LOG_DAYS = env.int("SEARCH_LOG_DAYS", default=90)
#: What fewer different visitors asked on a day is seen by nobody and deleted after it.
SEARCH_LOG_FLOOR = env.int("SEARCH_LOG_FLOOR", default=5)
# Wagtail's own search: admin lists, choosers, pages, images.
WAGTAILSEARCH_BACKENDS = wagtail_search.backends(
    SEARCH_URL,
    api_key=SEARCH_API_KEY,
    ca_file=SEARCH_CA_FILE,
    prefix=SEARCH_INDEX_PREFIX,
    replicas=SEARCH_REPLICAS,
    timeout=SEARCH_TIMEOUT,
)

# --- background work --------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- proof ------------------------------------------------------------------------------------
#: Private keys that sign checkpoints of the ledger; never in the database or its backups.
LEDGER_KEY_DIR = Path(env.str("LEDGER_KEY_DIR", default=str(VAR_DIR / "keys")))
LEDGER_WITNESS_EMAILS: list[str] = env.list("LEDGER_WITNESS_EMAILS", default=[])
LEDGER_WITNESS_URLS: list[str] = env.list("LEDGER_WITNESS_URLS", default=[])

#: Root certificates (PEM or DER files) to which signatures of originals must lead; none: no issuer
#: is verified.
SIGNATURE_TRUST_DIR = env.str("SIGNATURE_TRUST_DIR", default="")

# --- rules over content -----------------------------------------------------------------------
#: Whether rules may call addresses inside the house, and addresses without TLS.
WEBHOOK_ALLOW_PRIVATE = env.bool("WEBHOOK_ALLOW_PRIVATE", default=False)
WEBHOOK_ALLOW_HTTP = env.bool("WEBHOOK_ALLOW_HTTP", default=False)

# --- language and time ------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["portal.formats"]

# --- Wagtail ----------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = PORTAL_NAME
WAGTAIL_FINISH_WORKFLOW_ACTION = "portal.editorial.workflow.finish.finish"
WAGTAILADMIN_BASE_URL = PORTAL_URL
WAGTAILADMIN_LOGIN_URL = "login"
WAGTAILIMAGES_IMAGE_MODEL = "pages.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.pages.admin.pictures.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# In which formats readers get a picture, smallest first; browsers take the first that they know.
# AVIF only where Pillow was built with it: the others serve as before.
PICTURE_FORMATS = [
    name
    for name in env.list("PICTURE_FORMATS", default=["avif", "webp", "jpeg"])
    if name != "avif" or features.check("avif")
]
if not PICTURE_FORMATS or set(PICTURE_FORMATS) - {"avif", "webp", "jpeg"}:
    raise ImproperlyConfigured("PICTURE_FORMATS: choose among avif, webp, jpeg")
WAGTAILIMAGES_AVIF_QUALITY = env.int("PICTURE_AVIF_QUALITY", default=55)
WAGTAILDOCS_DOCUMENT_MODEL = "pages.Attachment"
WAGTAILDOCS_EXTENSIONS = [
    "csv", "doc", "docx", "mp4", "odp", "ods", "odt", "pdf", "ppt", "pptx", "rtf", "txt", "vtt",
    "webm", "xls", "xlsx", "zip",
]  # fmt: skip
WAGTAILDOCS_SERVE_METHOD = "direct"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USAGE_COUNT_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
TAGGIT_CASE_INSENSITIVE = True

# --- people -----------------------------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
#: Codes of roles that sign in with a second factor; “*” for everybody who holds any.
SECOND_FACTOR_ROLES: list[str] = env.list("SECOND_FACTOR_ROLES", default=[])
ACCOUNT_ADAPTER = "portal.organisations.signing_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/300s/key",
    "reset_password": "10/m/ip,3/h/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
#: Proxies before the portal whose word about the reader's address is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
MFA_ADAPTER = "portal.organisations.signing_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
USERSESSIONS_TRACK_ACTIVITY = False
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")
OIDC_NAME = env.str("OIDC_NAME", default="SSO")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
if OIDC_SERVER_URL:
    INSTALLED_APPS += [
        "allauth.socialaccount",
        "allauth.socialaccount.providers.openid_connect",
    ]
    SOCIALACCOUNT_ADAPTER = "portal.organisations.signing_in.single_sign_on.SingleSignOnAdapter"
    SOCIALACCOUNT_STORE_TOKENS = False
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": OIDC_NAME,
                    "client_id": OIDC_CLIENT_ID,
                    "secret": OIDC_CLIENT_SECRET,
                    "settings": {"server_url": OIDC_SERVER_URL},
                }
            ],
            "OAUTH_PKCE_ENABLED": True,
        }
    }
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="cong-thong-tin@localhost")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        name: {"level": "WARNING"}
        for name in ("wagtail", "django_tasks", "django_tasks_db", "elastic_transport")
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
