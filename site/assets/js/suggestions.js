import { announce } from "./announcer.js";

const WAIT = 150; // milliseconds of quiet before asking

/**
 * An ARIA 1.2 combobox on a search input: a list of suggestions with their types, moved through with the arrow keys.
 * The answer is {"suggestions": [{"text", "type", "type_label", "url"}]}; one without an address is searched for.
 * Enter with nothing chosen searches for what was typed. Without an answer the box stays a plain search box.
 */
export function startSuggestions(input) {
  if (input.getAttribute("role") === "combobox") return;
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "pc-suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  input.after(list);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ])
    input.setAttribute(name, value);

  let timer = 0;
  let request = null;
  let chosen = -1;
  let suggestions = [];

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const options = list.children;
    options[chosen]?.setAttribute("aria-selected", "false");
    chosen = index;
    const option = options[chosen];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function take(suggestion) {
    close();
    if (suggestion.url) {
      window.location.assign(suggestion.url);
      return;
    }
    input.value = suggestion.text;
    input.form?.requestSubmit();
  }

  function show(found) {
    suggestions = found;
    list.replaceChildren(
      ...found.map((suggestion, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const type = document.createElement("span");
        type.className = "pc-suggestions__type";
        type.textContent = suggestion.type_label ?? suggestion.type;
        option.append(suggestion.text, " ", type);
        // mousedown, so that the input keeps focus until the choice is taken
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(suggestion);
        });
        return option;
      }),
    );
    if (!found.length) return close();
    chosen = -1;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    announce(`${found.length} suggestion${found.length === 1 ? "" : "s"}`);
  }

  async function ask() {
    const words = input.value.trim();
    request?.abort();
    if (words.length < 2) return close();
    request = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(words)}`, {
        headers: { Accept: "application/json" },
        signal: request.signal,
      });
      if (!answer.ok) return close();
      const { suggestions: found } = await answer.json();
      if (document.activeElement === input && input.value.trim() === words) show(found.slice(0, 8));
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const last = suggestions.length - 1;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && suggestions.length) {
      event.preventDefault();
      if (list.hidden) show(suggestions);
      choose(chosen >= last ? -1 : chosen + 1);
    } else if (event.key === "ArrowUp" && !list.hidden) {
      event.preventDefault();
      choose(chosen < 0 ? last : chosen - 1);
    } else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
      event.preventDefault();
      take(suggestions[chosen]);
    }
  });
}
