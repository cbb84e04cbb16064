"""balances: money put aside for thousands of small debits ("whisperers", shadow balances), and its way back.

Owns: ``shadow_deposits``, ``shadow_settlements``, ``shadow_epochs``, ``chain_wallets``, ``chain_follows``,
``chain_marks``, ``chain_logs``, ``chain_sendings``, ``chain_signed``. The money itself is in the ledger, on
``shadow:<principal>``, practice money and that of each chain by itself; what the specification calls
``shadow_transactions`` is a view of it.
Promises: a deposit, a debit and a withdrawal each happen once per key; a withdrawal is held at once and paid by a job,
several of one owner as one payment, so it cannot be spent twice and waits for nobody; once a UTC day the job also pays
out every balance that has reached the threshold. One metered call is one debit, answered after it is durable.
On a chain: a deposit counts when it is final and is proven by its logs and by its wallet's signature; every transaction
is written down signed before it is sent; a chain that goes back behind what was final is followed by entries that
compensate, and what had been spent becomes a debt by name; at rest the ledger owes what the vault owes.
``vaults.py`` has the nouns of that side, ``contract.py`` the language of HarmonyVault: files of their own, as nothing
else here speaks of a chain; ``onchain/`` its verbs (``follow.py`` what the vault tells, ``claims.py`` deposits,
``epochs.py`` what is published and paid); ``store/`` the SQL of both sides.
``reserve.py`` is the Merkle-sum tree of all balances, by the rule of the vault in ``contracts/``; ``keccak.py`` its
hash, many at once. Both are files of their own: whoever verifies a leaf needs nothing else.
Begin: ``model.py`` (accounts, states, limits), ``service.py`` (deposit, withdraw, settle), ``metering.py``, a file of
its own because any route of any room may carry it, ``jobs.py``.
"""
