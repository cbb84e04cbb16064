"""services: how CI services frame a log, one file each: which commands ran, how each and the whole ended.

Begin: ``service.py`` for what a service is, ``catalogue.py`` for the list, ``travis.py`` for an example.
"""
