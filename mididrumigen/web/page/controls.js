// What can be asked beside the artist: a few controls up front, the others one click away.

import { get } from "./api.js";
import { h, memory, put } from "./dom.js";

const METRES = ["2/4", "3/4", "4/4", "5/4", "6/4", "7/4", "5/8", "6/8", "7/8", "9/8", "11/8", "12/8"];
const PARTS = [
  ["", "Loop, then full parts"], ["groove", "Loops only"], ["full", "Full parts"], ["fill", "Fills"],
  ["pickup", "Pick-ups"], ["verse", "Verses"], ["chorus", "Choruses"],
];

/** [name, title, what 0 is, what 100 is, usual value] */
const KNOBS = [
  ["complexity", "Complexity", "bare", "busy", 50],
  ["intensity", "Intensity", "soft", "loud", 50],
  ["fills", "Fills", "never", "every phrase", 50],
  ["feel", "Feel", "on the grid", "the artist's", 100],
  ["humanize", "Human", "no chance", "as measured", 100],
  ["timing", "Timing", "exact", "as measured", 100],
  ["dynamics", "Dynamics", "even", "as measured", 100],
];

const choices = (pairs, chosen) =>
  pairs.map(([value, title]) => h("option", { value, selected: value === chosen }, title));

const labelled = (title, field) => h("label", { class: "field" }, h("span", {}, title), field);

const number = (name, attributes) => h("input", { type: "number", name, inputmode: "decimal", ...attributes });

/** The controls that are always seen. */
export const upFront = () => [
  labelled("Bars", number("bars", { min: 1, max: 32, placeholder: "4" })),
  labelled("Tempo", number("tempo", { min: 30, max: 300, step: "any", placeholder: "artist’s" })),
  labelled("Part", h("select", { name: "part" }, choices(PARTS, ""))),
];

function knob([name, title, low, high, usual]) {
  const value = h("output", { class: "value" }, usual);
  const field = h("input", {
    type: "range", name, min: 0, max: 100, step: 1, value: usual, "data-usual": usual,
    oninput: () => { value.textContent = field.value; },
  });
  return h("label", { class: "knob" },
    h("span", { class: "knob-title" }, title, value), field,
    h("span", { class: "knob-ends" }, h("span", {}, low), h("span", {}, high)));
}

/** The others. */
export function more() {
  const extra = h("div", { class: "row" });
  const panel = h("div", { id: "more", class: "more", hidden: true },
    h("div", { class: "knobs" }, KNOBS.map(knob)),
    h("div", { class: "row" },
      labelled("Metre", h("select", { name: "time_signature" },
        choices([["", "artist’s own"], ...METRES.map((m) => [m, m])], ""))),
      labelled("Takes", number("variations", { min: 1, max: 8, placeholder: "4" })),
      labelled("Swing %", number("swing", { min: 50, max: 75, step: "any", placeholder: "artist’s" })),
      labelled("Seed", number("seed", { min: 0, step: 1, placeholder: "new" })),
      labelled("Years", h("input", { name: "era", placeholder: "1970–1975", size: 10 })),
      labelled("Blend with", h("input", { name: "blend_name", placeholder: "another artist", size: 14 })),
      labelled("How much %", number("blend_amount", { min: 0, max: 100, placeholder: "40" })),
      labelled("Of what", h("select", { name: "blend_aspects" }, choices([
        ["", "everything"], ["grooves", "grooves"], ["fills", "fills"], ["feel", "feel"], ["dynamics", "dynamics"],
      ], "")))),
    extra,
    h("button", { type: "reset", class: "quiet" }, "Back to the artist’s own"));
  let asked = false;
  return {
    panel,
    /** Show or hide them; the first time the daemon is asked for its drum maps. */
    async show(shown) {
      panel.hidden = !shown;
      memory.set("more", shown);
      if (shown && !asked) {
        asked = true;
        put(extra, await drumMaps().catch(() => []));
      }
    },
  };
}

async function drumMaps() {
  const { maps, wrong } = await get("/maps");
  return [
    labelled("Drum map", h("select", { name: "map" },
      choices([["", "as in the settings"], ...maps.map(({ name, title }) => [name, title])], ""))),
    labelled("Tracks", h("select", { name: "tracks" }, choices([["", "one"], ["per-voice", "one a voice"]], ""))),
    wrong.length > 0 && h("p", { class: "note" }, wrong.join("; ")),
  ];
}

/** What the form asks, as the body of the API; what is left empty is left out. */
export function bodyOf(form) {
  const data = new FormData(form);
  const text = (name) => String(data.get(name) ?? "").trim();
  const body = {};
  for (const name of ["bars", "tempo", "variations", "seed"]) {
    if (text(name) !== "") body[name] = Number(text(name));
  }
  for (const name of ["part", "time_signature", "map", "tracks"]) {
    if (text(name)) body[name] = text(name);
  }
  if (text("era")) body.era = text("era").replace(/[–—]/g, "-");
  const controls = {};
  for (const [name, , , , usual] of KNOBS) {
    if (text(name) !== "" && Number(text(name)) !== usual) controls[name] = Number(text(name));
  }
  if (text("swing") !== "") controls.swing = Number(text("swing"));
  if (Object.keys(controls).length) body.controls = controls;
  if (text("blend_name")) {
    const amount = (text("blend_amount") === "" ? 40 : Number(text("blend_amount"))) / 100;
    const aspects = text("blend_aspects");
    body.blend = `${text("blend_name")}:${amount}${aspects ? `:${aspects}` : ""}`;
  }
  return body;
}

/** Names that are like a text, for completion. */
export async function namesLike(text, signal) {
  const { artists } = await get(`/artists?query=${encodeURIComponent(text)}`, signal);
  const wanted = text.toLowerCase();
  const notes = { researched: "researched", genre: "style", builtin: "" };
  const rank = (name) => (name.toLowerCase().startsWith(wanted) ? 0 : 1);
  return artists
    .map(({ name, basis }) => ({ name, note: notes[basis] ?? "" }))
    .sort((a, b) => rank(a.name) - rank(b.name));
}
