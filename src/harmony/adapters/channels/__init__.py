"""channels: ways out to people: web hooks and mail.

Promises: only addresses that were checked are connected to, at the moment of connecting, so that a name cannot be
turned towards the inside between check and use; no redirects, no proxies; everything bounded in time and size; a
refusal says whether trying again makes sense and when (Retry-After), and never holds a secret.
Files: ``reach.py`` which addresses may be reached · ``webhook.py`` JSON over HTTP · ``mail.py`` SMTP.
Begin: ``reach.py``.
"""
