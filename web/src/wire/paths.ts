/** An address of HARMONY.Live, each part escaped. */
export function live(...parts: string[]): string {
  return `/v1/${parts.map(encodeURIComponent).join("/")}`;
}

/** An address of the Conductor, each part escaped. */
export function conductor(...parts: string[]): string {
  return `/conductor/${parts.map(encodeURIComponent).join("/")}`;
}
