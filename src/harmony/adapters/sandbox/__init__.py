"""sandbox: really runs a program that nobody trusts, by means that need no privilege, or refuses to run it.

Owns: the walls (Landlock for files, seccomp for system calls, rlimits and a supervisor for resources, fresh
namespaces where the kernel grants them), the launcher process that raises them, and the temporary folder.
Promises: without Landlock and seccomp nothing is run (``IsolationUnavailable``). A program sees its own folder, the
standard library of the base interpreter and nothing else; it has no network, no inherited environment or descriptor,
and no way to signal, trace or alter a process that is not its own. When ``run`` returns or is cancelled, every process
it began is dead and its folder is gone; the same happens when the calling process dies.
Not promised: hiding that a path exists (Landlock does not cover ``stat``), and safety from a hole in the kernel.
Differences a program can notice: the interpreter runs without ``site`` (no site-packages, no ``exit()`` builtin);
changes of mode, owner and file times are quietly ignored, because Landlock cannot confine them.
Processes: ``run.py`` (in the caller) starts the launcher ``child.py``, which supervises from outside the walls; it
forks an init (first of the pid namespace, reaps and reports), which forks the one that raises the walls and executes.
File names: one per wall (``landlock``, ``seccomp`` with ``syscalls``, ``limits``, ``namespaces``, ``privileges``) on
``linux.py`` (the C library); ``interpreter`` (what of Python may be read), ``folder``, ``supervision``.
Begin: ``model.py`` for the nouns, ``run.py`` for the verb, ``child.py`` for the order in which the walls go up.
"""
