// Where strokes stand: bars, steps, and how far off the step in milliseconds.
// Conventions: positions are quarter notes from the start of the clip, as the API has them.

import { voiceOf } from "./drums.js";

/** Quarter notes in a bar of "7/8". */
export function barBeats(timeSignature) {
  const [count, unit] = timeSignature.split("/").map(Number);
  return (count * 4) / unit;
}

/** Quarter notes between two beats that a musician counts: an eighth in 7/8, a quarter in 4/4. */
export function beatLength(timeSignature) {
  return 4 / Number(timeSignature.split("/")[1]);
}

const straight = 4;
const triplet = 3;

/** Steps a quarter that the strokes stand nearest to: 4 (16ths) or 3 (triplets). */
export function gridOf(notes) {
  const off = (steps) =>
    notes.reduce((sum, [, start]) => {
      const at = start * steps;
      return sum + Math.abs(at - Math.round(at)) / steps;
    }, 0);
  // Triplet steps are wider, so chance alone stands farther from them.
  return off(triplet) * 1.1 < off(straight) ? triplet : straight;
}

/**
 * Each note with its voice, its step and how late it is.
 * @param {number[][]} notes [pitch, start, length, velocity]
 * @param {Object<string, string>} voices note -> voice of the map that they are written on
 * @returns {{pitch: number, start: number, length: number, velocity: number, voice: string,
 *   step: number, lateMs: number, bar: number}[]} `bar` counts from 0
 */
export function placed(notes, tempo, timeSignature, voices = {}, grid = gridOf(notes)) {
  const beats = barBeats(timeSignature);
  return notes.map(([pitch, start, length, velocity]) => {
    const step = Math.round(start * grid);
    return {
      pitch, start, length, velocity, step,
      voice: voiceOf(pitch, voices),
      lateMs: ((start - step / grid) * 60_000) / tempo,
      bar: Math.floor(start / beats + 1e-9),
    };
  });
}

/**
 * What a loop strikes between two moments.
 * @param {{start: number}[]} strokes sorted by start
 * @param {number} length of the loop
 * @param {number} from moment in beats since the loop first began, this one included
 * @param {number} until this one not
 * @returns {{stroke: object, at: number}[]} in order
 */
export function between(strokes, length, from, until) {
  const found = [];
  for (let round = Math.floor(from / length); round * length < until; round += 1) {
    const base = round * length;
    let low = 0;
    let high = strokes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (base + strokes[middle].start < from) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < strokes.length && base + strokes[i].start < until; i += 1) {
      found.push({ stroke: strokes[i], at: base + strokes[i].start });
    }
  }
  return found;
}

/** "early 12 ms", "late 8 ms" or "on the grid". */
export function lateWords(lateMs) {
  const ms = Math.round(Math.abs(lateMs));
  if (ms < 1) return "on the grid";
  return `${ms} ms ${lateMs > 0 ? "late" : "early"}`;
}

/** "bar 2, beat 3" of a position, counting as the metre counts. */
export function placeWords(start, timeSignature) {
  const beats = barBeats(timeSignature);
  const bar = Math.floor(start / beats + 1e-9);
  const beat = (start - bar * beats) / beatLength(timeSignature) + 1;
  return `bar ${bar + 1}, beat ${Math.max(1, beat).toFixed(2).replace(/\.?0+$/, "")}`;
}
