"""resp: the protocol that Redis' clients speak (RESP 2 and 3), without a word about what the commands do.

Promises: whatever is sent, the reader holds no more than one command's bytes, a command that does not arrive whole in
its time ends the connection, and so does a client that does not read what it is sent.
Begin: ``protocol.py`` (bytes to commands, answers to bytes), then ``server.py`` (connections).
"""
