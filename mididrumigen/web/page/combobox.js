// Completion for a text field, after the ARIA pattern "combobox with list autocomplete".

import { h, put } from "./dom.js";

const WAIT_MS = 90;
const MOST = 8;

/**
 * Give a field a list of suggestions.
 * @param {HTMLInputElement} field
 * @param {(text: string, signal: AbortSignal) => Promise<{name: string, note: string}[]>} find
 * @param {(name: string) => void} choose when one is taken
 * @returns {{list: HTMLElement, close: () => void}} the list, to be put behind the field
 */
export function combobox(field, find, choose) {
  const id = `${field.id}-list`;
  const list = h("ul", { id, role: "listbox", class: "suggestions", "aria-label": "Suggestions", hidden: true });
  let options = [];
  let active = -1;
  let timer;
  let asking;
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
  })) field.setAttribute(name, value);

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function mark(next) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = next;
    const option = list.children[active];
    if (!option) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  }

  function take(name) {
    field.value = name;
    close();
    choose(name);
  }

  function show(found) {
    options = found.slice(0, MOST);
    put(list, options.map(({ name, note }, i) =>
      h("li", {
        id: `${id}-${i}`, role: "option", "aria-selected": "false",
        onmousedown: (event) => { event.preventDefault(); take(name); },
      }, h("span", {}, name), note && h("span", { class: "note" }, note))));
    list.hidden = !options.length;
    active = -1;
    field.setAttribute("aria-expanded", String(options.length > 0));
  }

  async function ask() {
    const text = field.value.trim();
    if (!text) return close();
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const found = await find(text, signal);
      if (!signal.aborted && document.activeElement === field) show(found);
    } catch {
      if (!signal.aborted) close(); // completion is a help; Generate says what is wrong
    }
    return undefined;
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) {
        ask();
        return;
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      const count = options.length + 1; // one of them is the field itself
      mark(((active + 1 + step + count) % count) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(options[active].name);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  return { list, close };
}
