"""One command line in three shells: read by one grammar, written by another, refused where there is no counterpart."""
