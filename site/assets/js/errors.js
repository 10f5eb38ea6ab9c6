/** Bring a reader to the list of errors when a page opens with one. */
export function focusErrors(root) {
  root.querySelector("[data-error-summary]")?.focus();
}
