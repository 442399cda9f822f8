// The style of the artist that is played: words first, then plots, then every number with its
// evidence; who drums; who is like it.

import { ROOT, get, part, sentence } from "./api.js";
import { ask, askFor } from "./ask.js";
import { byId, download, h, problemBox, put } from "./dom.js";
import { saidOf, traitList } from "./evidence.js";
import { loudnessPlot, pushPlot, stepPlot, swingPlot, tempoPlot } from "./plots.js";
import { on, state, tell } from "./state.js";
import {
  BASIS_WORDS, byFamily, contradictions, fillWords, heatMap, sureWords, traitTitle, valueWords, yearsWords,
} from "./traits.js";
import { chooser } from "./drop.js";
import { researchForm } from "./research.js";

let shown = ""; // what the panel is about, so that takes of one artist do not load it again

/** Show the style whenever there is a new result. */
export function beginStyle() {
  on("result", (result) => load(result));
  on("taught", () => { shown = ""; });
}

async function load(result) {
  const query = new URLSearchParams();
  const id = state.asked?.body.artist_id;
  if (id) query.set("artist_id", id);
  if (state.player) query.set("player", state.player);
  const path = `${part(result.artist)}?${query}`;
  if (path === shown) return;
  shown = path;
  state.profile = null;
  const place = byId("style");
  if (state.isBlend || result.basis === "unknown") {
    put(place, h("h2", { id: "style-title" }, "The style"), state.isBlend ? bothOf(result.artist) : nothingKnown(result.artist));
    return;
  }
  put(place, h("h2", { id: "style-title" }, "The style"), h("p", { class: "note" }, "Looking it up …"));
  try {
    const profile = await get(`/profile/${path}`);
    if (shown !== path) return;
    state.profile = profile;
    put(place, panel(profile));
    similar(place, result.artist, id);
    tell("profile");
  } catch (error) {
    if (shown !== path) return;
    shown = "";
    put(place, h("h2", { id: "style-title" }, "The style"),
      error.code === "unknown_artist" ? nothingKnown(result.artist) : problemBox(error.message, error.hint));
  }
}

/** Of two artists as one: each of them can be heard alone. */
function bothOf(names) {
  const at = names.lastIndexOf(" + ");
  return h("div", { class: "row" }, [names.slice(0, at), names.slice(at + 3)].map((name) =>
    h("button", { type: "button", onclick: () => askAlone(name) }, `Only ${name}`)));
}

function askAlone(name) {
  byId("ask").elements.blend_name.value = "";
  askFor(name);
}

function nothingKnown(artist) {
  return [
    h("p", { class: "lead" }, `Nothing is known about ${artist}.`),
    researchForm(artist, false),
    h("p", {}, "Have MIDI files of this artist? Drop them anywhere on this page and they are learnt from."),
    chooser("Choose MIDI files …"),
  ];
}

function panel(profile) {
  const { identity, traits, evidence } = profile;
  const plots = [];
  const steps = heatMap(profile.grooves);
  if (steps) plots.push(stepPlot(steps));
  const pushes = byFamily(traits, "push_ms");
  if (pushes.length) plots.push(pushPlot(pushes));
  for (const [base, title] of [["swing_16ths", "Swing of 16ths"], ["swing_8ths", "Swing of eighths"]]) {
    const rows = byFamily(traits, base);
    if (rows.length) plots.push(swingPlot(title, rows));
  }
  const numbers = profile.quantitative_params;
  if (numbers.tempo_min !== undefined && numbers.tempo_avg !== undefined) plots.push(tempoPlot(numbers));
  if (numbers.velocity_histogram?.some((count) => count > 0)) plots.push(loudnessPlot(numbers.velocity_histogram));
  const fills = fillWords(traits);
  return [
    h("div", { class: "style-head" },
      h("h2", { id: "style-title" }, `The style of ${identity.name}`),
      identity.disambiguation && h("p", { class: "note" }, identity.disambiguation),
      h("p", { class: `basis ${profile.basis}` },
        `${sentence(BASIS_WORDS[profile.basis])}: ${sureWords(profile.confidence)}`)),
    identity.player && identity.player !== identity.name && h("p", { class: "who" }, `${identity.player} drums.`),
    lineup(profile),
    profile.description && h("p", { class: "description" }, profile.description),
    plots,
    fills.length > 0 && h("div", {}, h("h3", {}, "Fills"), h("ul", { class: "plain" }, fills.map((words) => h("li", {}, words)))),
    disagreements(contradictions(traits, evidence), evidence),
    opposed(traits, evidence),
    sources(profile.sources),
    researchForm(identity.name, true),
    h("details", { class: "block" },
      h("summary", {}, `All ${Object.keys(traits).length} traits, and why`), traitList(traits, evidence)),
    h("div", { id: "similar" }, h("p", { class: "note" }, "Looking for who drums like this …")),
    h("div", { class: "row" },
      h("button", {
        type: "button", class: "quiet",
        onclick: () => download(`${ROOT}/profile/${part(identity.name)}/export${idQuery()}`, `${identity.name} - style.json`),
      }, "Save this profile"),
      chooser("Teach more: MIDI or a saved profile …")),
  ];
}

/** The id of one of several artists of a name, for those calls that take it. */
const idQuery = () => (state.asked?.body.artist_id ? `?artist_id=${state.asked.body.artist_id}` : "");

/** Who drummed there, to choose from. */
function lineup({ identity, lineup: drummers = [] }) {
  if (drummers.length < 2) return null;
  return h("div", { class: "segments wrap", role: "group", "aria-label": "Who drums" }, drummers.map(({ name, years }) =>
    h("button", {
      type: "button", "aria-pressed": String(name === identity.player),
      onclick: () => {
        state.player = name;
        ask({ artist: identity.name });
      },
    }, name, years && h("span", { class: "note" }, ` ${yearsWords(years)}`))));
}

function disagreements(found, evidence) {
  if (!found.length) return null;
  return h("div", {}, h("h3", {}, "Where the sources disagree"),
    h("ul", { class: "plain" }, found.map(({ name, unit, said }) => h("li", {}, `${traitTitle(name)}: `,
      said.map(({ id, value }, i) => `${i ? "; " : ""}${valueWords(name, value, unit)} (${evidence[id].url})`)))));
}

/** Traits of which somebody says otherwise than is believed. */
function opposed(traits, evidence) {
  const found = Object.entries(traits).filter(([, { against }]) => against.length);
  if (!found.length) return null;
  return h("div", {}, h("h3", {}, "Who says otherwise"),
    h("ul", { class: "plain" }, found.map(([name, { value, unit, against }]) => h("li", {},
      `${traitTitle(name)} is taken for ${valueWords(name, value, unit)}; `,
      against.slice(0, 3).map((id, i) => `${i ? ", " : ""}${evidence[id].source.replaceAll("_", " ")} says ${otherWords(evidence[id], name, unit)}`)))));
}

function otherWords(piece, name, unit) {
  const value = saidOf(piece, name);
  return value === undefined ? "no" : valueWords(name, value, unit);
}

function sources(all) {
  const failed = Object.entries(all).filter(([, { state: how }]) => how !== "ok");
  if (!failed.length) return null;
  failed.sort(([, one], [, other]) => Boolean(other.reason) - Boolean(one.reason)); // those with a reason first
  return h("details", {}, h("summary", {}, failed.length === 1 ? "1 source gave nothing" : `${failed.length} sources gave nothing`),
    h("ul", { class: "plain" }, failed.map(([name, { reason }]) =>
      h("li", {}, `${name.replaceAll("_", " ")}${reason ? `: ${reason}` : ""}`))));
}

async function similar(place, artist, id) {
  const found = await get(`/similar/${part(artist)}?limit=5${id ? `&artist_id=${id}` : ""}`).catch(() => null);
  const box = place.querySelector("#similar");
  if (!box) return;
  if (!found?.nearest.length) put(box);
  else put(box, h("h3", {}, "Who drums like this"), h("ul", { class: "alike" }, found.nearest.map(({ name, why }) =>
    h("li", {}, h("button", { type: "button", class: "chip", onclick: () => askFor(name) }, name),
      h("span", { class: "note" }, why)))));
}
