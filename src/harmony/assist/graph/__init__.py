"""graph: who and what there is, what they have to do with one another, and where that was read.

Owns: ``graph_entities``, ``graph_relationships``, ``graph_documents``, ``graph_passages``, ``graph_merges``,
``graph_questions``.
Promises: an entity with a key and a relationship between the same two are stored once, however often they are sent; a
claim's evidence tier is borne by its sources; a merge moves one pointer and its undoing brings back exactly what was;
neighbours and paths end by their depth, never go in circles and give up after ``WALK_SECONDS``. An answer is made of
what is stored, cites all of it, is the same for the same question and the same graph, and is not given when nothing
stored supports it.
Begin: ``model.py``, then ``service.py`` (entities, relationships, documents, merges). Other file: ``answering.py``, how
an answer is found, apart because it decides and writes nothing. ``store/`` is the room's SQL, a file for what it keeps
and one for what is only read: words, walks, the whole picture.
"""
