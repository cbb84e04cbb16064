-- room: assist/problems
-- Whose story a trace is: asked at each report, so that nobody goes on under the trace of another's.
CREATE INDEX problem_contexts_trace ON problem_contexts (trace);
