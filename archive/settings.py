"""Settings of the archive. Everything an operator may change is read from the environment, here.

A site whose ALLOWED_HOSTS names only this machine is a development site: it makes its own SECRET_KEY
and speaks plain HTTP. Any other host makes it production, with its own key and HTTPS
(https://docs.djangoproject.com/en/5.2/howto/deployment/checklist/).
"""

import sys
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = {"localhost", "127.0.0.1", "[::1]", ".localhost"}

env = environ.FileAwareEnv()


def whole(name: str, default: int) -> int:
    try:
        return int(env.int(name, default=default))
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {env.str(name)!r}. Set it to a whole number.") from None


# --- What an operator may change -----------------------------------------------------------------------

ARCHIVE_DATA_DIR = Path(env.str("ARCHIVE_DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ARCHIVE_MAX_UPLOAD_MB = whole("ARCHIVE_MAX_UPLOAD_MB", 10)
ARCHIVE_MAX_UPLOAD_FILES = whole("ARCHIVE_MAX_UPLOAD_FILES", 50)
ARCHIVE_CONTACT = env.str("ARCHIVE_CONTACT", default="")  # mail address or https: address, shown to readers
ARCHIVE_SEARCH_URL = env.str("ARCHIVE_SEARCH_URL", default="whoosh:")
ARCHIVE_BEHIND_PROXY = env.bool("ARCHIVE_BEHIND_PROXY", default=False)
SECURITY_CONTACT = env.list("SECURITY_CONTACT", default=[])

PRODUCTION = not set(ALLOWED_HOSTS) <= LOOPBACK
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured(
        "DEBUG is on while ALLOWED_HOSTS names other hosts than this machine: it would show strangers the "
        "settings and the code. Unset DEBUG, or leave ALLOWED_HOSTS to its default while you develop."
    )


def secret_key() -> str:
    """The operator's key, else (development only) one made once and kept in the data folder."""
    if key := env.str("SECRET_KEY", default=""):
        return str(key)
    if PRODUCTION:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. A public site (ALLOWED_HOSTS names other hosts than this machine) needs its "
            "own: set SECRET_KEY, or SECRET_KEY_FILE to a file that holds it. Make one with: "
            "python -c 'from django.core.management.utils import get_random_secret_key as k; print(k())'"
        )
    path = ARCHIVE_DATA_DIR / "secret_key"
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="ascii") as file:
                path.chmod(0o600)
                file.write(get_random_secret_key())
        except FileExistsError:
            pass  # another process was first
        return path.read_text(encoding="ascii")


SECRET_KEY = secret_key()

# --- The application -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "archive",  # before haystack: our rebuild_index, which leaves readers their index, goes first
    "haystack",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "archive.views.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "archive.views.language.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Data ----------------------------------------------------------------------------------------------

# The folder's name is no URL: it may hold #, ? and %.
SQLITE: dict[str, object] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": str(ARCHIVE_DATA_DIR / "archive.sqlite3"),
}
DATABASE_URL = env.str("DATABASE_URL", default="")
if DATABASE_URL and "://" not in DATABASE_URL:
    raise ImproperlyConfigured(
        "DATABASE_URL names no database. Unset it, or write it like postgres://user:password@host/name."
    )
DATABASES = {"default": env.db("DATABASE_URL") if DATABASE_URL else SQLITE}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Writers take the lock at the start of a transaction and wait for it, so that none fails half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds
        # FULL: what was acknowledged survives a power cut (WAL with NORMAL may lose the last commits).
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "archive.search.engine.SpeechEngine",
        "PATH": str(ARCHIVE_DATA_DIR / "index"),
        "SILENTLY_FAIL": False,
    }
}
HAYSTACK_SIGNAL_PROCESSOR = "archive.search.indexing.CommitSignalProcessor"

# --- Files ---------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = ARCHIVE_DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "archive.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True  # serve before collectstatic has run
MEDIA_ROOT = ARCHIVE_DATA_DIR / "uploads"

# --- Language and time ---------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "archive" / "locale"]  # English; and of Chinese, what Django lacks
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# --- Security ------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "archive.views.errors.csrf_failure"
LOGIN_REDIRECT_URL = "/admin/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600  # seconds
SESSION_SAVE_EVERY_REQUEST = True
CSRF_COOKIE_HTTPONLY = True
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    # /healthz is asked from the machine itself, by this name and over plain HTTP.
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "localhost", "127.0.0.1"]
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
if ARCHIVE_BEHIND_PROXY:
    # Other servers than ``manage.py serve``, which believes the proxy by itself, pass the header on.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# Guessing passwords: so many wrong ones for a name from an address, and both wait, right password or not.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=5)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "archive.views.errors.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # who logged in when is nobody's business here
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # its tables are no editor's business; manage.py axes_reset lifts a wait

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# What a stranger may send; uploaded files are streamed and counted apart.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200 + 12 * ARCHIVE_MAX_UPLOAD_FILES  # the review has eleven a file
DATA_UPLOAD_MAX_NUMBER_FILES = 4 * ARCHIVE_MAX_UPLOAD_FILES  # so that the page itself can name the limit

# --- Logs: one line an event, on standard error -----------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "archive": {"level": "INFO"},
        "django": {"handlers": [], "propagate": True},
        # A stranger's malformed request is one line of django.request, not a traceback as well.
        "django.security": {"level": "CRITICAL"},
    },
}
