/** Under this all that is asked of the Conductor is kept. */
export const ORCHESTRA = ["orchestra"] as const;
/** Beats are not told over the stream, only what they change; so the last beats are read as often as they come. */
export const BEAT_MS = 5_000;
