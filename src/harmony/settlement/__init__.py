"""settlement: agreements kept, work checked, money moved.

Rooms, lower first: ``ledger`` (the money under everything) <- ``balances`` (money put aside for many small debits) <-
``verifiers`` (work is checked by running it) <-
``escrows`` (the price is held, released or refunded). ``ports.py`` says what the plane asks of the others.
Promises: money moves only through the ledger, in the transaction of the change that moves it; every state that holds
somebody's money has an exit for both sides, at the latest by a job.
Begin: ``ledger/service.py``, then ``escrows/model.py``.
"""
