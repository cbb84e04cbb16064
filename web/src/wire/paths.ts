/** An address of HARMONY.Live, each part escaped. */
export function live(...parts: string[]): string {
  return `/v1/${parts.map(encodeURIComponent).join("/")}`;
}
