// The keyboard: what does what, and the list of it.

import { byId, h, put } from "./dom.js";
import { reroll } from "./ask.js";
import { select, togglePlay } from "./take.js";
import { state } from "./state.js";

const LIST = [
  ["/", "Go to the artist field"], ["Space", "Play or stop"], ["1 – 8", "Hear that take, at the same place"],
  ["R", "Play anew; what is locked stays"], ["← → ↑ ↓", "In the grid: from stroke to stroke"], ["?", "This list"],
];

const isTyping = ({ target }) =>
  target.closest("input, select, textarea, button, summary, a, dialog, [contenteditable]") !== null;

/** Listen to the keyboard. */
export function beginKeys() {
  const dialog = byId("keys-dialog");
  put(dialog, h("h2", { id: "keys-title" }, "Keys"),
    h("dl", { class: "facts-list" }, LIST.map(([key, does]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)])),
    h("button", { type: "button", onclick: () => dialog.close() }, "Close"));
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || byId("studio").hidden) return;
    const isField = event.target.matches?.("input:not([type=checkbox], [type=range]), select, textarea");
    if (isField || event.target.closest?.("dialog")) return;
    if (event.key === "/") byId("artist").focus();
    else if (event.key === "?") dialog.showModal();
    else if (event.key === " " && !isTyping(event)) togglePlay();
    else if (/^[1-8]$/.test(event.key) && state.result) select(Number(event.key));
    else if (event.key.toLowerCase() === "r" && state.result) reroll();
    else return;
    event.preventDefault();
  });
}
