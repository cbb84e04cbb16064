"""SQL of the shadow balances: ``accounts.py`` deposits and settlements, ``chains.py`` what concerns a vault."""
