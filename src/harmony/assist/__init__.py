"""assist: from stuck to unstuck. Notice, try what is known, find who can help, bring together, reward, remember.

Rooms, higher first: rewards ► sessions ► matching ► experts ► problems ► knowledge. A lower room never imports a
higher one; what it must ask upward is a protocol in its own ``ports.py``. What this plane asks of the others is in
``ports.py`` here.
Begin: ``problems`` (a failure comes in), then follow the arrow to the left.
Other files, below every room because every room's edge uses them: ``wire.py`` (the bounded wire types in the
specification's camelCase) and ``tool.py`` (a tool: one definition for every protocol), which the apps give to
``rpc.py`` (JSON-RPC 2.0 at ``/rpc``) and ``mcp.py`` (the Model Context Protocol at ``/mcp``).
"""
