// Runs before the first paint, so that a chosen theme never flashes into the other. A file, not inline: the page's
// content security policy allows no inline script.
try {
  const chosen = localStorage.getItem("harmony.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be forbidden; then the system's theme stands.
}
