// What was generated before, the newest first; what was kept is marked.

import { get } from "./api.js";
import { open } from "./ask.js";
import { byId, h, problemBox, put } from "./dom.js";
import { on } from "./state.js";

const MOST = 100;

/** Show the history whenever it is looked at. */
export function beginHistory() {
  on("screen", (name) => { if (name === "history") show(); });
}

async function show(onlyKept = false) {
  const place = byId("history");
  const title = h("h1", { id: "history-title" }, "History");
  try {
    const { generations: lines } = await get(`/generations?limit=${MOST}&kept=${onlyKept ? 1 : 0}`);
    put(place, title,
      h("label", { class: "check" }, h("input", {
        type: "checkbox", checked: onlyKept, onchange: (event) => show(event.target.checked),
      }), "Only what I kept"),
      lines.length ? h("ul", { class: "generations" }, lines.map(row))
        : h("p", { class: "lead" }, onlyKept ? "Nothing is kept yet: the star under a take keeps it." : "Nothing was generated yet."));
  } catch (error) {
    put(place, title, problemBox(error.message, error.hint,
      h("button", { type: "button", class: "quiet", onclick: () => show(onlyKept) }, "Try again")));
  }
}

function row(line) {
  const when = new Date(line.created_at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  const facts = [`${line.bars} bars of ${line.time_signature}`, `${line.tempo} BPM`, `seed ${line.seed}`];
  if (line.request.part) facts.push(line.request.part);
  if (line.request.lock) facts.push("with locks");
  if (line.request.use) facts.push(line.request.use);
  return h("li", {}, h("button", { type: "button", class: "generation", onclick: () => open(line) },
    h("span", { class: "generation-artist" }, line.artist),
    h("span", { class: "note" }, facts.join(", ")),
    h("span", { class: "note" }, when),
    line.kept.length > 0 && h("span", { class: "kept" }, `kept: ${line.kept.join(", ")}`)));
}
