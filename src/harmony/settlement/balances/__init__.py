"""balances: money put aside for thousands of small debits ("whisperers", shadow balances), and its way back.

Owns: ``shadow_deposits``, ``shadow_settlements``. The money itself is in the ledger, on ``shadow:<principal>``; what
the specification calls ``shadow_transactions`` is a view of it.
Promises: a deposit, a debit and a withdrawal each happen once per key; a withdrawal is held at once and paid by a job,
several of one owner as one payment, so it cannot be spent twice and waits for nobody; once a UTC day the job also pays
out every balance that has reached the threshold. One metered call is one debit, answered after it is durable. Chains
outside are not built: they are refused by name.
``reserve.py`` is the Merkle-sum tree of all balances, by the rule of the vault in ``contracts/``; ``keccak.py`` its
hash, many at once. Both are files of their own: whoever verifies a leaf needs nothing else.
Begin: ``model.py`` (accounts, states, limits), ``service.py`` (deposit, withdraw, settle), ``metering.py``, a file of
its own because any route of any room may carry it, ``jobs.py``.
"""
