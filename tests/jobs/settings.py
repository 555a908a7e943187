"""The site as it is, with short times for jobs, a queue of its own and one more kind of job."""

import os

from tracker.settings import *  # noqa: F403, TID251

CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT, JOB_LEASE = 3, 5, 10
CELERY_TASK_DEFAULT_QUEUE = CELERY_TASK_DEFAULT_ROUTING_KEY = os.environ["JOBS_QUEUE"]
CELERY_IMPORTS = ["commitments.tasks", "tests.jobs.tried"]
