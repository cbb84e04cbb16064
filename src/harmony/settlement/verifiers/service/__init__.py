"""The verbs of the verifiers, one file each: ``upload``, ``request``, ``unpack``, ``check``, ``run``."""
