"""apps: what runs: processes, wiring, command line. ``links`` is the only code that sees two planes.

Begin: ``components`` (what there is to run), then ``cli`` (how it is started).
"""
