import { announce } from "./announcer.js";
import { startSuggestions } from "./suggestions.js";

/**
 * Filters that take effect at once, by htmx. Focus stays on the control that was used, opened groups stay open,
 * the new count is announced, and Apply comes back as soon as a live change fails.
 */
export function startLiveFilters(root) {
  if (!window.htmx || !root.querySelector("form[data-live-filters]")) return;
  const html = document.documentElement;
  html.classList.add("pc-live");
  let openIds = [];
  let focusId = "";

  document.body.addEventListener("htmx:configRequest", (event) => {
    const parameters = event.detail.parameters;
    for (const name of [...new Set(parameters.keys?.() ?? Object.keys(parameters))]) {
      if (parameters[name] === "") delete parameters[name]; // empty choices stay out of the address
    }
  });

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    event.detail.target?.setAttribute("aria-busy", "true");
  });

  document.body.addEventListener("htmx:beforeSwap", () => {
    openIds = [...document.querySelectorAll("form[data-live-filters] details[open][id]")].map((d) => d.id);
    focusId = document.activeElement?.id ?? "";
  });

  document.body.addEventListener("htmx:afterSettle", () => {
    for (const id of openIds) document.getElementById(id)?.setAttribute("open", "");
    const kept = focusId && document.getElementById(focusId);
    if (kept && document.activeElement !== kept) kept.focus({ preventScroll: true });
    else if (document.activeElement === document.body) {
      document.getElementById("results-count")?.focus({ preventScroll: true });
    }
    for (const input of document.querySelectorAll("input[data-suggest]")) startSuggestions(input);
    announce(document.querySelector("[data-announce]")?.dataset.announce);
  });

  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(failure, (event) => {
      html.classList.remove("pc-live");
      event.detail.target?.removeAttribute("aria-busy");
      announce("The results could not be updated. Use the Apply filters button.");
    });
  }
}
