// What works here, where things are, and what leaves this machine. Nothing of it is needed for the
// first beat.

import { get } from "./api.js";
import { byId, h, problemBox, put, toast } from "./dom.js";
import { on } from "./state.js";
import { settingsForm } from "./settings.js";

const STATES = { ok: "works", note: "note", problem: "problem", on: "on", off: "off", absent: "not in this version" };

/** Show it whenever it is looked at. */
export function beginSetup() {
  on("screen", (name) => { if (name === "setup") show(); });
}

async function show() {
  const place = byId("setup");
  const title = h("h1", { id: "setup-title" }, "Set up");
  put(place, title, h("p", { class: "note" }, "Looking …"));
  try {
    const [health, settings] = await Promise.all([get("/health"), get("/settings")]);
    const examined = h("div", {}, h("p", { class: "note" }, "Examining …"));
    put(place, title,
      h("div", { class: "cards" },
        card("Settings", settingsForm(settings)),
        card("What leaves this machine", leaves(health)),
        card("Sources", parts(health.sources)),
        card("Models", parts(health.providers)),
        h("section", { class: "card wide" }, h("h2", {}, "Diagnostics"), examined)));
    put(examined, diagnostics((await get("/doctor")).checks, health)); // takes longer than the rest
  } catch (error) {
    put(place, title, problemBox(error.message, error.hint,
      h("button", { type: "button", class: "quiet", onclick: show }, "Try again")));
  }
}

const card = (title, ...content) => h("section", { class: "card" }, h("h2", {}, title), content);

const parts = (all) => h("ul", { class: "states" }, Object.entries(all).map(([name, { state, reason }]) =>
  h("li", {}, h("span", {}, name.replaceAll("_", " ")),
    h("span", { class: `state is-${state}` }, STATES[state] ?? state),
    reason && state === "off" && h("span", { class: "note" }, reason))));

/** Sources that ask nobody but this machine. */
const LOCAL = new Set(["builtin", "local_midi", "local_audio"]);

function leaves({ sources, providers }) {
  const isOn = ([, { state }]) => state === "on";
  const out = [...Object.entries(sources).filter(isOn).filter(([name]) => !LOCAL.has(name)), ...Object.entries(providers).filter(isOn)];
  if (!out.length) {
    return [h("p", { class: "lead" }, "Nothing."), h("p", {}, "No source or model that is on asks anybody outside this machine.")];
  }
  return [h("p", {}, "The name of the artist that you type is sent to:"), h("ul", { class: "plain" }, out.map(([name]) => h("li", {}, name)))];
}

function diagnostics(checks, health) {
  const words = checks.map(({ name, state, text }) => `${STATES[state]}\t${name}: ${text}`).join("\n");
  return [
    h("ul", { class: "states columns" }, checks.map(({ name, state, text }) => h("li", {},
      h("span", {}, name), h("span", { class: `state is-${state}` }, STATES[state]), h("span", { class: "note" }, text)))),
    h("button", {
      type: "button",
      onclick: async () => {
        try {
          await navigator.clipboard.writeText(`MidiDrumiGen ${health.version}\n${words}\n`);
          toast("Copied");
        } catch {
          toast("The browser does not let the page copy.", "bad");
        }
      },
    }, "Copy diagnostics"),
  ];
}
