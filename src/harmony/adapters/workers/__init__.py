"""workers: processes that do the heavy thinking, so that the main process's heartbeats never wait.

Promises: started on first use, a bounded number of them; a worker that dies takes only its own work with it and the
next work finds a new one; every piece of work has a time limit.
Begin: ``pool.py``, a file of its own because nothing else is here.
"""
