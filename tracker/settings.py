"""All settings. Every value that differs between machines comes from the environment; README.md lists them."""

from logging import DEBUG as DEBUG_LEVEL
from logging import INFO as INFO_LEVEL
from pathlib import Path

from csp.constants import NONE, SELF

from tracker import environment, frames, logs

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

DEBUG = environment.switch("DEBUG")
SECRET_KEY = environment.secret_key("SECRET_KEY", kept_in=VAR_DIR / "secret-key")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

# What this site is and who runs it. Empty names: the first document's site name is shown.
TRACKER_SITE_NAME_ZH = environment.text("TRACKER_SITE_NAME_ZH")
TRACKER_SITE_NAME_EN = environment.text("TRACKER_SITE_NAME_EN")
TRACKER_CONTACT = environment.text("TRACKER_CONTACT")
TRACKER_SITE_URL = environment.text("TRACKER_SITE_URL")
TRACKER_HTTPS = environment.switch("TRACKER_HTTPS")
TRACKER_TWO_PERSON_RULE = environment.switch("TRACKER_TWO_PERSON_RULE")

# Checks of linked pages. Off: this machine opens no page anywhere. When none of the control addresses answers, the
# trouble is ours and counts against no link.
TRACKER_FETCH = environment.switch("TRACKER_FETCH")
TRACKER_CONTROL_URLS = environment.words(
    "TRACKER_CONTROL_URLS", ["https://www.baidu.com/", "https://www.gov.cn/", "https://www.wikipedia.org/"]
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "commitments",  # after auth, whose permissions roles hold; before those whose templates and words it overrides
    "tracker.apps.DeskConfig",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",  # Swagger's own files, served by us
    "simple_history",
    "django_structlog",
    "django_celery_beat",  # after ours: of two catalogues that know a word, the first one's is shown
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages carry no secret a reader could guess by length; forms mask theirs
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.middleware.RequestLog",
    "commitments.api.sharing.ReadableFromOtherSites",
    "tracker.middleware.LanguageFromPath",
    "tracker.middleware.RefuseBrokenAddresses",
    "tracker.middleware.CookiesForAdminOnly",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "commitments.web.context.site",
            ],
        },
    },
]

DATABASES = {"default": environment.database("DATABASE_URL", VAR_DIR / "tracker.sqlite3")}
# Captures, uploads and editions: beside the SQLite file that speaks of them, so that the two move together.
TRACKER_FILES = environment.folder("TRACKER_FILES", DATABASES["default"], VAR_DIR / "files")

# Jobs. The database holds them; the broker only rings, so that losing what it holds loses nothing.
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 180
JOB_LEASE = 200  # seconds; longer than any job may run, so that no job is taken from a worker that still runs it
WORKER_START_LIMIT = 60  # seconds to reach the broker and start the pool; then the worker ends, to be started again
CELERY_BROKER_URL = environment.broker("CELERY_BROKER_URL")
CELERY_BROKER_TRANSPORT_OPTIONS = environment.broker_options(
    CELERY_BROKER_URL,
    environment.beside(DATABASES["default"], "broker", VAR_DIR / "broker"),
    visible_after=3600,
)
CELERY_IMPORTS = ["commitments.tasks"]
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# The nameless exchange needs no binding, which an emptied Redis forgets and a killed writer leaves half-written.
CELERY_TASK_DEFAULT_QUEUE = CELERY_TASK_DEFAULT_ROUTING_KEY = "tracker"
CELERY_TASK_DEFAULT_EXCHANGE = ""
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_EXPIRES = None  # no results are kept, so nothing has to be cleaned up every night
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"

# The API: read by anybody, JSON alone. How often one reader may ask is counted for all processes together.
TRACKER_API_RATE = environment.rate("TRACKER_API_RATE", "300/min")
CACHES = {
    # Pages, in each process; one may take 300 kB.
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100}},
    "readers": environment.shared_cache(
        CELERY_BROKER_URL, environment.beside(DATABASES["default"], "readers", VAR_DIR / "readers")
    ),
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_THROTTLE_CLASSES": ["commitments.api.throttling.PerReader"],
    "DEFAULT_SCHEMA_CLASS": "commitments.api.schema.Described",
    "EXCEPTION_HANDLER": "commitments.api.failures.explain",
    "URL_FORMAT_OVERRIDE": None,  # ?format= is no parameter of ours
    # Whose address counts: the one that the outermost of our own proxies saw. Nobody can write another one.
    "NUM_PROXIES": environment.number("TRACKER_PROXIES", 1 if TRACKER_HTTPS else 0),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Policy commitment tracker",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "POSTPROCESSING_HOOKS": ["commitments.api.schema.with_components"],
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVE_INCLUDE_SCHEMA": False,
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# The first language is the authoritative one and has no prefix in the address; the others follow as /en/….
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = CELERY_TIMEZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = None

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tracker.static.HashedOnceCollected"},
    "files": {"BACKEND": "commitments.storage.DurableStorage", "OPTIONS": {"location": TRACKER_FILES}},
}
# Before `collectstatic` files are served from where they lie.
COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_ADD_HEADERS_FUNCTION = frames.allow_in_frames
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not COLLECTED or DEBUG

# Security: nothing inline, nothing from elsewhere, on every page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {"camera": [], "geolocation": [], "microphone": [], "payment": [], "usb": []}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "commitments.web.failures.csrf_failure"
if TRACKER_HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = False

LOGGING = logs.logging(debug=DEBUG)
# One line for each request, when it is answered: its id, path and status. No query, no address, no person.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = DEBUG_LEVEL
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = INFO_LEVEL
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = ""
