"""mirrors: one repository kept alike on several remotes.

Owns: ``mirror_repositories``, ``mirror_remotes``, ``mirror_runs``.
Promises: a branch moves forward only, a tag never; where remotes have grown apart nothing is overwritten, by nobody and
by no option: the reference is left as it is everywhere, named, and said how to mend. Whether the remotes are alike is
proven by asking each for its references and comparing object ids after every run. git runs in child processes that end
with this one, in time, without hooks, without anybody's configuration, and asks nobody for a password; an address
with a secret in it is refused. Whatever is killed: the remotes hold whole references, and the next run goes on.
Begin: ``model.py`` (addresses, what is to be pushed where), then ``sync.py``, one run from the fetch to the proof; it
is apart from ``service.py`` (repositories, remotes, what is known of them) because it acts outside. Other file:
``git.py``, the git command in a child process, and the folder of what it has fetched: a cache that may be lost.
"""
