"""escrows: the price of a piece of work is held until the work is judged, then paid or given back.

Owns: ``harmony_escrows``, ``escrow_negotiations``.
Promises: a state changes once, in one transaction with the move of its money and its journal message; of two that
change it at the same time one wins and the other is refused (409). Every state that holds money has an exit for both
sides, at the latest by a job under the deadlines of ``model.py``. Fees are fixed when the escrow is created: a
consultation costs 15 % of the price, kept from the seller; a direct escrow 0.25 % on each side. The invitation is a
capability that its buyer can read as long as nobody has accepted; afterwards it is gone.
Begin: ``model.py`` (states, moves, deadlines, fees), ``service/settle.py`` (how money follows a move), then a verb a
file in ``service/``; ``jobs.py`` decides what nobody else did.
"""
