"""stuck: whether a person's or an agent's run has come to a standstill, said early, with reasons, and seldom in vain.

Owns: nothing stored; a monitor lives as long as the run that it watches, and goes on from what it ``kept``.
Promises: one pass, each event costs the window and no more, an endless stream takes bounded memory; an alarm is never
taken from events that lie ahead; a nudge first, known solutions second, a person third; waiting that the user asked
for is no loop; frustration alone never raises anything; every alarm carries the events that it was read from, redacted;
what the privacy level forbids is gone before anything looks.
Begin: ``monitor.py`` (events in, findings out), then what it asks in order: ``events.py`` (foreign JSON to an event,
under bounds), ``steps.py`` (an action and its result as one step), ``signals.py`` (each way of being stuck as a pure
function of the last steps). Standard library and kernel only, because ``harmony stuck`` must start at once.
Other files: ``evidence.py`` (a signal told), ``likeness.py`` (when two texts say the same), ``phrases.py`` (the fixed
phrases, as data), ``outlook.py`` (how a run is likely to end, from its first events) with ``weights.py`` and its
figures ``weights.json``, trained by ``bench/stuck.py --train``; ``keeping.py`` (a monitor's memory
as JSON and back); ``delivery.py`` (false-alarm budget and modes: what of it reaches the user, and when; the next rung;
how sure, with the user's own answers counted in).
"""
