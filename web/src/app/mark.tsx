/** Two waves in step. */
export function Mark() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold tracking-tight">
      <svg
        aria-hidden="true"
        viewBox="0 0 24 24"
        className="size-6 text-accent"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
      >
        <path d="M3 9c3-5 6-5 9 0s6 5 9 0" />
        <path d="M3 15.5c3-5 6-5 9 0s6 5 9 0" opacity=".55" />
      </svg>
      Harmony
    </span>
  );
}
