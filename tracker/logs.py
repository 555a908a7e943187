"""Log lines: one JSON object a line, with the id of the request or the job; for people where DEBUG is on."""

from typing import Any

import structlog

# What every line carries, whoever wrote it: our own events and those of libraries.
SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging(*, debug: bool) -> dict[str, Any]:
    """Django's LOGGING, with structlog set up to go through it."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *(_for_people() if debug else _for_machines()),
                ],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "commitments": {"level": "INFO"},
            "django_structlog": {"level": "INFO"},
            # These say again, at length and with what was asked, what the line of the request says.
            "django.request": {"level": "CRITICAL"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }


def _for_people() -> list[Any]:
    return [structlog.dev.ConsoleRenderer(colors=False)]


def _for_machines() -> list[Any]:
    """A trace without the values of its variables, which may be anybody's."""
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
