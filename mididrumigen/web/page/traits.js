// A style profile in words and in the numbers of its plots.
// Conventions: pure; what the profile does not say is absent, never a guess.

import { FAMILY_TITLES, VOICES } from "./drums.js";

export const BASIS_WORDS = {
  researched: "measured and read",
  builtin: "from built-in notes, not yet researched",
  genre: "from the genre alone",
  unknown: "unknown artist",
};

/** How sure a number is, as one says it. */
export function sureWords(confidence) {
  if (confidence < 0.2) return "a guess";
  if (confidence < 0.4) return "a hint";
  if (confidence < 0.7) return "fairly sure";
  return "sure";
}

const TITLES = {
  tempo_bpm: "Usual tempo", swing_8ths: "Swing of eighths", swing_16ths: "Swing of 16ths",
  push_ms: "Late or early", timing_sd_ms: "Looseness", timing_drift: "Slow drift",
  gap_sd_ms: "Apart from the timekeeper", latency_ms: "Late against the click",
  ghost_share: "Ghost notes", ghost_velocity: "Loudness of ghosts",
  backbeat_velocity: "Loudness of backbeats", flam_rate: "Flams", drag_rate: "Drags",
  double_rate: "Doubles", velocity_mean: "Loudness", velocity_sd: "Dynamic range",
  velocity_jitter: "Uneven loudness", hits_per_quarter: "Strokes a beat",
  syncopation: "Syncopation", backbeat: "Backbeat on two and four",
  bar_similarity: "Bars alike", bar_repeat: "Bars repeated exactly", fill_rate: "Bars with a fill",
  fill_quarters: "Length of a fill", crash_rate: "Downbeats with a crash",
  crash_after_fill: "Crash after a fill", double_kick: "Double kick",
  ride_share: "Time on the ride", hat_open_share: "Open hi-hat",
};

/** "swing_16ths.snare" -> "Swing of 16ths, snare". */
export function traitTitle(name) {
  const [base, family] = name.split(".");
  const title = TITLES[base] ?? base.replaceAll("_", " ");
  return family ? `${title}, ${FAMILY_TITLES[family] ?? family}` : title;
}

/** A value with its unit: "53 %", "12 ms late". */
export function valueWords(name, value, unit) {
  if (name.startsWith("push_ms")) {
    if (Math.abs(value) < 0.5) return "on the beat";
    return `${trim(Math.abs(value))} ms ${value > 0 ? "late" : "early"}`;
  }
  if (unit === "velocity") return `${Math.round(value)} of 127`;
  if (unit === "share") return `${Math.round(value * 100)} %`;
  return `${trim(value)} ${unit}`;
}

/** Unit of a trait by its name, as mididrumigen/groove/traits.py has it. */
export function unitOf(name) {
  const [base] = name.split(".");
  if (base.startsWith("swing")) return "%";
  if (base.endsWith("_ms")) return "ms";
  if (base.startsWith("velocity") || base.endsWith("_velocity")) return "velocity";
  return { tempo_bpm: "BPM", hits_per_quarter: "hits", syncopation: "per bar", fill_quarters: "quarters" }[base] ?? "share";
}

const trim = (value) => String(Math.round(value * 10) / 10);

/** [family title, value] of a trait by voice: the whole kit first where it is known. */
export function byFamily(traits, base) {
  const rows = [];
  if (traits[base]) rows.push(["whole kit", traits[base].value, base]);
  for (const [family, title] of Object.entries(FAMILY_TITLES)) {
    const name = `${base}.${family}`;
    if (traits[name]) rows.push([title, traits[name].value, name]);
  }
  return rows;
}

/**
 * How often and how loud each voice is struck on each step of its bars in the usual metre.
 * @param {object[]} grooves of a profile
 * @returns {{metre: string, steps: number, rows: {voice: string, cells: number[]}[]} | null}
 *   cells are shares of the bars, weighted by loudness, 0-1
 */
export function heatMap(grooves) {
  const weights = new Map();
  for (const bar of grooves) {
    const key = `${bar.metre} ${bar.grid}`;
    weights.set(key, (weights.get(key) ?? 0) + bar.weight);
  }
  if (!weights.size) return null;
  const [usual] = [...weights].sort((a, b) => b[1] - a[1])[0];
  const bars = grooves.filter((bar) => `${bar.metre} ${bar.grid}` === usual);
  const [metre, grid] = usual.split(" ");
  const [count, unit] = metre.split("/").map(Number);
  const steps = Math.round(((count * 4) / unit) * Number(grid));
  const total = bars.reduce((sum, bar) => sum + bar.weight, 0);
  const cells = new Map();
  for (const bar of bars) {
    for (const [voice, strokes] of Object.entries(bar.strokes)) {
      if (!cells.has(voice)) cells.set(voice, new Array(steps).fill(0));
      for (const [step, velocity] of strokes) {
        if (step >= 0 && step < steps) {
          cells.get(voice)[step] += (bar.weight / total) * (velocity / 127);
        }
      }
    }
  }
  const rows = Object.keys(VOICES).filter((voice) => cells.has(voice))
    .map((voice) => ({ voice, cells: cells.get(voice).map((share) => Math.min(1, share)) }));
  return { metre, steps, rows };
}

/** Sentences on fills and what follows them. */
export function fillWords(traits) {
  const said = [];
  const rate = traits.fill_rate?.value;
  if (rate !== undefined) {
    said.push(rate < 0.02 ? "Hardly ever plays a fill." : `A fill about every ${every(rate)}.`);
  }
  if (traits.fill_quarters) said.push(`It lasts ${trim(traits.fill_quarters.value)} beats.`);
  const crash = traits.crash_after_fill?.value;
  if (crash !== undefined) said.push(`${Math.round(crash * 100)} of 100 fills end in a crash.`);
  const downbeats = traits.crash_rate?.value;
  if (downbeats !== undefined) {
    said.push(downbeats < 0.02 ? "Crashes on the one are rare."
      : `A crash on the one about every ${every(downbeats)}.`);
  }
  return said;
}

function every(rate) {
  const bars = Math.round(1 / rate);
  return bars <= 1 ? "bar" : `${bars} bars`;
}

/** Differences that are more than chance, by unit. */
const APART = { "%": 4, ms: 8, BPM: 15, share: 0.25, velocity: 20, hits: 1.2, "per bar": 4, quarters: 1.5 };

/** Traits on which the pieces of evidence disagree, with what each says, from low to high. That
 * built-in notes lend from several styles is no disagreement. */
export function contradictions(traits, evidence) {
  const found = [];
  for (const [name, trait] of Object.entries(traits)) {
    const said = trait.evidence
      .map((id) => ({ id, value: evidence[id]?.value?.traits?.[name] }))
      .filter(({ value }) => typeof value === "number")
      .sort((a, b) => a.value - b.value);
    if (said.every(({ id }) => evidence[id].source === "builtin")) continue;
    const apart = said.length > 1 ? said.at(-1).value - said[0].value : 0;
    if (apart > (APART[trait.unit] ?? Infinity)) found.push({ name, unit: trait.unit, said });
  }
  return found;
}

/** Years "1968-1980" as they are shown. */
export const yearsWords = (years) => years.replace("-", "–");
