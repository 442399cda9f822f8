// Setting up: settings, keys, sources, the device for Live, what leaves this machine, diagnostics.
// Nothing of it is needed for the first beat.

import { ROOT, get, post } from "./api.js";
import { byId, download, h, problemBox, put, toast } from "./dom.js";
import { keyList } from "./keyring.js";
import { sourceList, whatLeaves } from "./origins.js";
import { settingsForm } from "./settings.js";
import { on } from "./state.js";

const STATES = { ok: "works", note: "note", problem: "problem" };

/** Show it whenever it is looked at. */
export function beginSetup() {
  on("screen", (name) => { if (name === "setup") show(); });
}

async function show() {
  const place = byId("setup");
  const title = h("h1", { id: "setup-title" }, "Set up");
  const settings = card("Settings"), leaves = card("What leaves this machine"), costs = card("Costs", cost());
  const sources = card("Sources"), keys = card("Keys"), diagnosed = card("Diagnostics");
  diagnosed.classList.add("wide");
  put(place, title, h("p", { class: "lead" }, "Nothing here is needed to play."),
    h("div", { class: "cards" },
      h("div", { class: "column" }, settings, card("Ableton Live", device()), costs, leaves),
      h("div", { class: "column" }, sources), h("div", { class: "column" }, keys), diagnosed));
  const showSources = () => fill(sources, async () => {
    const [{ sources: all, online }, { sites }] = await Promise.all([get("/sources"), get("/consent")]);
    fill(leaves, async () => whatLeaves(all, online));
    return sourceList(all, sites, showSources);
  });
  const showKeys = () => fill(keys, async () => {
    const { keys: all } = await get("/keys");
    showSources();
    return keyList(all, showKeys);
  });
  fill(settings, async () => settingsForm(...await Promise.all([get("/settings"), get("/maps")])));
  showKeys();
  fill(diagnosed, async () => diagnostics((await get("/doctor")).checks, await get("/health")));
}

const card = (title, ...content) => h("section", { class: "card" }, h("h2", {}, title), h("div", { class: "card-body" }, content));

/** Put into a card what is fetched for it, or why it could not be. */
async function fill(section, content) {
  const body = section.querySelector(".card-body");
  if (!body.hasChildNodes()) put(body, h("p", { class: "note" }, "Looking …"));
  try {
    put(body, await content());
  } catch (error) {
    put(body, problemBox(error.message, error.hint,
      h("button", { type: "button", class: "quiet", onclick: () => fill(section, content) }, "Try again")));
  }
}

const cost = () => [
  h("p", { class: "lead" }, "Nothing."),
  h("p", {}, "Playing is free, and so is every source. Models, which cost money, are not asked by this version."),
];

function device() {
  const says = h("div", { role: "status" });
  return [
    h("p", {}, "The Max for Live device brings MidiDrumiGen into Live 11 or 12 (Suite, or Standard with Max for Live)."),
    h("div", { class: "row" },
      h("button", {
        type: "button", id: "device-install",
        onclick: async () => {
          try {
            const { path } = await post("/device/install", {});
            put(says, h("p", {}, `It is at ${path}. In Live’s browser: User Library, MIDI Effects, Max MIDI Effect.`));
          } catch (error) {
            put(says, problemBox(error.message, "Download it instead, and drag it onto a MIDI track."));
          }
        },
      }, "Put it into Live"),
      h("button", { type: "button", class: "quiet", id: "device-download", onclick: () => download(`${ROOT}/device`, "MidiDrumiGen.amxd") }, "Download it")),
    says,
  ];
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
