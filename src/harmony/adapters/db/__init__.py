"""db: PostgreSQL, from starting it to asking it. The only dialect Harmony speaks.

Owns: the life cycle of the embedded PostgreSQL, the check of an external one, pool, unit of work, migrations.
Promises: what was committed survives ``kill -9`` of Harmony or of PostgreSQL; one Harmony a data folder; a folder that
is not ours is never touched; no TCP port is opened and no local user is trusted without a password; as root, the server
runs as a system user and no permission outside the data folder is changed.

The embedded server, from the outside in (file names beyond a room's usual ones, because each is one concern):
``embedded.py`` start, stop, wait, restart · ``data_folder.py`` whose folder it is and who holds it · ``cluster.py``
making the cluster and its settings · ``leftovers.py`` servers that outlived their Harmony · ``programs.py`` the wheel's
binaries · ``processes.py`` spawning and waiting · ``system_user.py`` who runs it when Harmony is root ·
``server_log.py`` its bounded log · ``default_folder.py`` where data goes · ``server_check.py`` what Harmony demands of
any server.
Beside it: ``pool.py`` and ``unit_of_work.py`` one transaction and what it carries · ``idempotency.py`` one key, one
effect · ``migrate.py`` and ``revisions.py`` the schema's history.
Begin: ``embedded.py`` for the server, ``unit_of_work.py`` for speaking to it.
"""
