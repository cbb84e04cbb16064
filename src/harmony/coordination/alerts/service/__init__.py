"""The verbs of alerts: configure, judge, tell, silence, rehearse."""
