"""chains: public ledgers behind one door: send, receipt, logs, finality, reorganisation. EVM by JSON-RPC.

Promises: every answer of an endpoint is judged before it is used (size, form, chain, whose log); a wrong one counts as
none and the next endpoint is asked. A signed transaction may be broadcast any number of times. Keys are never shown.
Begin: ``ports.py``. ``model.py`` the nouns and pure decisions (fees, replacement) · ``known.py`` chains as data ·
``rpc.py`` endpoints and fail-over · ``wire.py`` reading answers · ``evm.py`` the adapter · ``following.py`` final logs,
or how far the chain went back · ``keys.py`` signing, alone in needing the packages of the extra ``chain`` ·
``anvil.py`` the local chain's process · ``fakes.py`` a chain in memory under the same contract suite.
"""
