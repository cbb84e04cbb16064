"""ledger: the money under everything. Double entry, append only, provable.

Owns: ``ledger_assets``, ``ledger_accounts``, ``ledger_transfers``, ``ledger_reservations``, ``ledger_unsealed``,
``ledger_blocks``, ``ledger_seals``, ``ledger_proofs`` and the SQL functions ``ledger_*``.
Promises: a chain of moves posts whole or not at all, once per client id, in the caller's transaction or, for moves that
change nothing else, through the batching ``writer.py``; an account keeps its rule by a constraint of the database; an
account and a transfer have one asset and a chain one book, so assets and books cannot mix. Transfers
are never changed or deleted. Committed transfers are chained in blocks; ``prove`` recomputes every balance and the
whole chain and names what was altered, removed or reordered. Not promised: noticing a chain that somebody with the
database's own rights has recomputed to its end; keep the last block's hash elsewhere to compare.
Looking back is ``statements.py``: balances as of a revision (a seal), statements, exports, signed proofs; what of these
can be checked without the database is ``signed.py``, a file of its own because nothing else may be needed for it.
Begin: ``model.py`` (accounts and the five kinds of move), ``service.py`` (post, balance, prove), the migration's
``ledger_post``, ``jobs.py`` (seal, expire, prove, sign).
"""
