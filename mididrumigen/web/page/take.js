// A take, to see and to hear: the takes side by side, transport, grid, what is kept.

import { get } from "./api.js";
import { h, byId, memory, put, toast } from "./dom.js";
import { Grid } from "./grid.js";
import { Inspector } from "./inspector.js";
import { showLanes } from "./lanes.js";
import { clip, on, state, tell } from "./state.js";
import { player } from "./sound.js";
import { takeAway } from "./takeaway.js";
import { fitOf, titleLine } from "./takewords.js";
import { reroll } from "./ask.js";

/** As a drummer writes it; small letters are feet, P is a second player. */
const LIMB_MARKS = {
  "right hand": "R", "left hand": "L", "right foot": "r", "left foot": "l",
  "percussionist's right hand": "PR", "percussionist's left hand": "PL",
};
const parts = {};

/** Build the panel, empty. */
export function beginTake() {
  const inspector = new Inspector(() => redraw());
  const grid = new Grid({
    pick: (index) => {
      grid.selected = index;
      grid.draw();
      inspector.show(grid, index);
    },
    add: (voice, start) => inspector.add(grid, voice, start),
    lockBar: (bar) => {
      if (!state.lockedBars.delete(bar)) state.lockedBars.add(bar);
      tell("locks");
    },
    seek: (beats) => { if (player.isPlaying) player.play(beats); else parts.from = beats; },
  });
  grid.isHeard = (voice) => player.isHeard(voice);
  grid.isLocked = (voice) => state.lockedVoices.has(voice);
  grid.lockedBars = state.lockedBars;
  Object.assign(parts, {
    grid, inspector, from: 0,
    head: h("div", { class: "take-head" }),
    tabs: h("div", { class: "takes", role: "group", "aria-label": "Takes" }),
    play: h("button", { type: "button", id: "play", class: "play", "aria-label": "Play", onclick: togglePlay },
      h("span", { class: "play-icon" })),
    tempo: h("input", {
      type: "number", id: "preview-tempo", min: 30, max: 300, step: "any",
      onchange: () => { if (parts.tempo.reportValidity()) player.setTempo(Number(parts.tempo.value)); },
    }),
    lanes: h("ul", { class: "lanes", "aria-label": "Voices" }),
    locks: h("div", { class: "locks" }),
    away: h("div", { class: "away" }),
    fit: h("div", { class: "fit" }),
  });
  const volume = h("input", {
    type: "range", min: 0, max: 1, step: 0.01, value: player.volume, "aria-label": "Volume",
    oninput: () => {
      player.setVolume(Number(volume.value));
      memory.set("volume", Number(volume.value));
    },
  });
  put(byId("take"), parts.head, parts.tabs,
    h("div", { class: "transport" }, parts.play,
      h("label", { class: "field inline" }, h("span", {}, "BPM"), parts.tempo),
      h("label", { class: "field inline volume" }, h("span", {}, "Volume"), volume),
      views(grid), hands(grid)),
    h("div", { class: "drums" }, parts.lanes, grid.element),
    inspector.element, parts.locks, parts.away, parts.fit);
  on("new", show);
  on("locks", () => { grid.layout(); showLocks(); });
  on("heard", () => grid.draw());
  on("theme", () => grid.recolour());
  requestAnimationFrame(frame);
}

function views(grid) {
  const buttons = [["grid", "Grid"], ["roll", "Roll"]].map(([mode, title]) =>
    h("button", {
      type: "button", "aria-pressed": String(grid.mode === mode),
      onclick: (event) => {
        grid.mode = mode;
        for (const button of buttons) button.setAttribute("aria-pressed", String(button === event.currentTarget));
        grid.draw();
      },
    }, title));
  return h("div", { class: "segments", role: "group", "aria-label": "View" }, buttons);
}

function hands(grid) {
  const button = h("button", {
    type: "button", class: "quiet", "aria-pressed": "false",
    onclick: async () => {
      const isOn = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(isOn));
      parts.showsHands = isOn;
      await showHands();
    },
  }, "Hands and feet");
  return button;
}

async function showHands() {
  const { grid } = parts;
  grid.limbs = null;
  const shown = clip();
  if (parts.showsHands) {
    try {
      shown.limbs ??= (await get(`/generation/${state.result.generation_id}/${state.take}/hands`)).limbs;
      if (shown === clip()) grid.limbs = shown.limbs.map((limb) => LIMB_MARKS[limb] ?? "?");
    } catch (error) {
      toast(error.message, "bad");
    }
  }
  grid.draw();
}

function show(result) {
  state.result = result;
  state.take = 1;
  state.lockedVoices.clear();
  state.lockedBars.clear();
  byId("workbench").hidden = false;
  byId("welcome").hidden = true;
  parts.from = 0;
  put(parts.head, titleLine(result));
  put(parts.tabs, result.clips.map((one, i) => h("button", {
    type: "button", class: "take-tab", "aria-pressed": String(i === 0), title: one.name,
    onclick: () => select(i + 1),
  }, h("span", { class: "number" }, i + 1), h("span", { class: "note" }, `fit ${Math.round(one.fit * 100)}`))));
  parts.tempo.value = result.tempo;
  select(1);
  tell("result", result);
  if (byId("at-once").checked && navigator.userActivation?.hasBeenActive) start(0);
}

/** Show another take; the music goes on where it is. */
export function select(take) {
  if (!state.result?.clips[take - 1]) return;
  state.take = take;
  [...parts.tabs.children].forEach((tab, i) => tab.setAttribute("aria-pressed", String(i + 1 === take)));
  const { tempo, time_signature: timeSignature, bars, voices } = state.result;
  parts.grid.selected = null;
  parts.grid.limbs = null;
  parts.grid.load(clip().notes, { tempo, timeSignature, bars, voices });
  parts.inspector.show(parts.grid, null);
  showLanes(parts.lanes, parts.grid.lanes);
  showLocks();
  takeAway(parts.away);
  put(parts.fit, fitOf(clip()));
  redraw();
  if (parts.showsHands) showHands();
  tell("take");
}

/** The strokes have changed, or are others: play them so. */
function redraw() {
  const { grid } = parts;
  const strokes = [...grid.strokes].sort((a, b) => a.start - b.start);
  player.load(strokes, grid.length, Number(parts.tempo.value) || state.result.tempo);
  grid.draw();
}

function showLocks() {
  const voices = state.lockedVoices.size;
  const bars = state.lockedBars.size;
  const held = [voices && `${voices} voice${voices > 1 ? "s" : ""}`, bars && `${bars} bar${bars > 1 ? "s" : ""}`]
    .filter(Boolean).join(" and ");
  put(parts.locks,
    h("button", { type: "button", id: "reroll", onclick: () => reroll() },
      held ? "Play the rest anew" : "Play anew"),
    h("button", {
      type: "button", id: "alike", title: "Keeps kick and snare and plays the rest anew",
      onclick: () => reroll(["kick", "snare"], []),
    }, "More like this"),
    h("span", { class: "note" }, held ? `${held} of take ${state.take} stay.`
      : "Lock voices or bars to keep them."));
}

async function start(from) {
  try {
    await player.play(from);
  } catch (error) {
    toast(`No sound: ${error.message}`, "bad");
  }
  showPlaying();
}

/** Play or stop. */
export function togglePlay() {
  if (!state.result) return;
  if (player.isPlaying) {
    player.stop();
    showPlaying();
  } else start(parts.from);
}

function showPlaying() {
  parts.play.setAttribute("aria-label", player.isPlaying ? "Stop" : "Play");
  parts.play.classList.toggle("on", player.isPlaying);
}

function frame() {
  if (player.isPlaying) parts.grid.moveHead(player.position());
  else if (!parts.grid.head.hidden) parts.grid.moveHead(null);
  requestAnimationFrame(frame);
}

