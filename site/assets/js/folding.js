/** On a narrow screen the filters start folded, so that results come first; on a wide one they are always open. */
export function foldFilters(root) {
  const fold = root.querySelector("details.pc-filters__fold");
  if (!fold) return;
  const wide = window.matchMedia("(min-width: 760px)");
  fold.open = wide.matches;
  wide.addEventListener("change", () => {
    document.querySelector("details.pc-filters__fold").open = wide.matches;
  });
}
