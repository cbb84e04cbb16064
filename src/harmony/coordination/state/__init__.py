"""state: what the members of the orchestra share: keys ``echo:*``, leases, locks.

Owns: ``state_entries``, ``state_history``, ``state_leases``, ``state_locks``.
Promises: a change that was answered is durable and has its place in the log; it names a version that no other change of
any key has. Compare-and-set and transactions over many keys change all or nothing, together with a message and an
event if they are given. A key with a time to live, or of a lease that ended, is gone at that instant. A lock's token
only grows: who shows an old one is refused (fencing). Values never stand in the log; watchers read them here.
Begin: ``model.py``, then ``service.transact``. ``handlers.py`` answers the commands of Redis' clients.
"""
