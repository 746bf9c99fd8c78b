"""gunicorn's settings: ``gunicorn --config python:vielfalt.operations.server vielfalt.wsgi``.

The environment variable ``WEB_CONCURRENCY`` says how many processes there are, ``GUNICORN_CMD_ARGS`` anything else.
"""

from vielfalt.operations import logs

worker_class = "gthread"
threads = 4
# A page that has not been answered by then never will; the longest tasks run in the worker for tasks.
timeout = 30
graceful_timeout = 20
control_socket_disable = True
logconfig_dict = logs.configuration(readable=False)
