// The built-in kit, made of numbers: each voice is one short sound, the same every time.
// Conventions: `strike` gives samples from -1 to 1 whose first one is the onset. No sound is
// loaded, so the page plays offline and at once.

import { familyOf } from "./drums.js";

const TAU = Math.PI * 2;

/** Noise that is the same on every machine: a linear congruential generator. */
function noise(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** One-pole high-pass, in place. */
function highPass(samples, rate, hz) {
  const a = 1 / (1 + (TAU * hz) / rate);
  let before = 0;
  let out = 0;
  for (let i = 0; i < samples.length; i += 1) {
    out = a * (out + samples[i] - before);
    before = samples[i];
    samples[i] = out;
  }
  return samples;
}

/** `seconds` of silence to fill by a function of time in seconds. */
function made(rate, seconds, sample) {
  const samples = new Float32Array(Math.round(rate * seconds));
  for (let i = 0; i < samples.length; i += 1) samples[i] = sample(i / rate);
  return samples;
}

const decay = (t, seconds) => Math.exp(-t / seconds);

function drum(rate, { hz, drop = 0, dropS = 0.03, ringS, seconds, click = 0, seed = 1 }) {
  const hiss = noise(seed);
  let phase = 0;
  return made(rate, seconds, (t) => {
    phase += (TAU * (hz + drop * decay(t, dropS))) / rate;
    return Math.cos(phase) * decay(t, ringS) + click * hiss() * decay(t, 0.004);
  });
}

function snare(rate, { hz = 185, wires = 0.75, wiresS = 0.11, seconds = 0.4, seed = 7 } = {}) {
  const hiss = noise(seed);
  const wire = highPass(made(rate, seconds, (t) => hiss() * decay(t, wiresS)), rate, 1400);
  const shell = drum(rate, { hz, drop: 120, dropS: 0.012, ringS: 0.07, seconds, click: 0.4 });
  return shell.map((value, i) => 0.62 * value + wires * wire[i]);
}

/** Six square waves that are no multiples of each other, as in the analogue drum machines. */
const METAL_HZ = [205.3, 304.4, 369.6, 522.7, 635.1, 800.6];

function metal(rate, { scale = 1, ringS, seconds, hiss = 0.5, above = 5000, bell = 0, seed = 3 }) {
  const grain = noise(seed);
  const body = made(rate, seconds, (t) => {
    let sum = 0;
    for (const hz of METAL_HZ) sum += Math.sign(Math.sin(TAU * hz * scale * t + 0.5));
    return (sum / 6) * (1 - hiss) + grain() * hiss;
  });
  const bright = highPass(highPass(body, rate, above), rate, above);
  return bright.map((value, i) => {
    const t = i / rate;
    const ping = bell && bell * Math.sin(TAU * 850 * scale * t) * decay(t, ringS * 0.6);
    return value * (0.75 * decay(t, ringS) + 0.25 * decay(t, ringS / 6)) + ping;
  });
}

function wood(rate, hz, ringS, overtone = 1.6) {
  return made(rate, ringS * 6, (t) =>
    (0.7 * Math.cos(TAU * hz * t) + 0.3 * Math.cos(TAU * hz * overtone * t)) * decay(t, ringS));
}

function shaken(rate, seconds, above, riseS = 0) {
  const grain = noise(11);
  const raw = made(rate, seconds * 3, (t) =>
    grain() * decay(t, seconds) * (riseS ? Math.min(1, 0.3 + t / riseS) : 1));
  return highPass(raw, rate, above);
}

const TOM_HZ = {
  tom_high: 196, tom_high_mid: 165, tom_low_mid: 139, tom_low: 117, tom_floor_high: 98,
  tom_floor_low: 82,
};

const PERCUSSION = {
  tambourine: (rate) => metal(rate, { scale: 3.1, ringS: 0.09, seconds: 0.35, above: 6500 }),
  cowbell: (rate) => wood(rate, 562, 0.08, 1.5),
  vibraslap: (rate) => shaken(rate, 0.25, 2500),
  bongo_high: (rate) => drum(rate, { hz: 420, drop: 60, ringS: 0.05, seconds: 0.25, click: 0.2 }),
  bongo_low: (rate) => drum(rate, { hz: 310, drop: 50, ringS: 0.07, seconds: 0.3, click: 0.2 }),
  conga_mute: (rate) => drum(rate, { hz: 330, drop: 40, ringS: 0.03, seconds: 0.15, click: 0.4 }),
  conga_open: (rate) => drum(rate, { hz: 300, drop: 30, ringS: 0.13, seconds: 0.5, click: 0.2 }),
  conga_low: (rate) => drum(rate, { hz: 215, drop: 30, ringS: 0.15, seconds: 0.6, click: 0.2 }),
  timbale_high: (rate) => drum(rate, { hz: 520, drop: 60, ringS: 0.12, seconds: 0.5, click: 0.3 }),
  timbale_low: (rate) => drum(rate, { hz: 370, drop: 60, ringS: 0.14, seconds: 0.6, click: 0.3 }),
  agogo_high: (rate) => wood(rate, 910, 0.12, 2.7),
  agogo_low: (rate) => wood(rate, 670, 0.13, 2.7),
  cabasa: (rate) => shaken(rate, 0.035, 5000, 0.01),
  maracas: (rate) => shaken(rate, 0.025, 6000, 0.008),
  whistle_short: (rate) => wood(rate, 2350, 0.06, 1.02),
  whistle_long: (rate) => wood(rate, 2350, 0.16, 1.02),
  guiro_short: (rate) => shaken(rate, 0.05, 2500),
  guiro_long: (rate) => shaken(rate, 0.14, 2500),
  claves: (rate) => wood(rate, 2500, 0.03, 1.01),
  woodblock_high: (rate) => wood(rate, 1150, 0.035),
  woodblock_low: (rate) => wood(rate, 830, 0.04),
  cuica_mute: (rate) => drum(rate, { hz: 520, drop: 120, dropS: 0.08, ringS: 0.06, seconds: 0.3 }),
  cuica_open: (rate) => drum(rate, { hz: 400, drop: 220, dropS: 0.12, ringS: 0.13, seconds: 0.5 }),
  triangle_mute: (rate) => wood(rate, 4200, 0.04, 1.7),
  triangle_open: (rate) => wood(rate, 4200, 0.4, 1.7),
};

const KIT = {
  kick: (rate) => drum(rate, { hz: 47, drop: 150, dropS: 0.022, ringS: 0.16, seconds: 0.6, click: 0.3 }),
  snare: (rate) => snare(rate),
  sidestick: (rate) => wood(rate, 1650, 0.014, 0.33),
  clap: (rate) => snare(rate, { hz: 900, wires: 1, wiresS: 0.07, seconds: 0.3 }),
  hat_closed: (rate) => metal(rate, { scale: 2, ringS: 0.045, seconds: 0.2, above: 7000 }),
  hat_pedal: (rate) => metal(rate, { scale: 1.8, ringS: 0.03, seconds: 0.15, above: 5000 }),
  hat_open: (rate) => metal(rate, { scale: 2, ringS: 0.28, seconds: 1.1, above: 6500 }),
  ride: (rate) => metal(rate, { scale: 2.6, ringS: 0.55, seconds: 1.8, above: 5500, hiss: 0.35, bell: 0.06 }),
  ride_bell: (rate) => metal(rate, { scale: 1.9, ringS: 0.5, seconds: 1.6, above: 3500, hiss: 0.2, bell: 0.3 }),
  crash: (rate) => metal(rate, { scale: 1.7, ringS: 0.75, seconds: 2.4, above: 3500, hiss: 0.75 }),
  china: (rate) => metal(rate, { scale: 1.1, ringS: 0.5, seconds: 1.8, above: 2500, hiss: 0.7 }),
  splash: (rate) => metal(rate, { scale: 2.4, ringS: 0.22, seconds: 0.9, above: 4500, hiss: 0.7 }),
  ...PERCUSSION,
};
for (const [voice, hz] of Object.entries(TOM_HZ)) {
  KIT[voice] = (rate) =>
    drum(rate, { hz, drop: hz * 0.5, dropS: 0.045, ringS: 0.19, seconds: 0.8, click: 0.15 });
}

const LOUDNESS = { kick: 0.95, snare: 0.7, hat: 0.36, ride: 0.36, crash: 0.5, tom: 0.75, percussion: 0.45 };

/** The sound of a voice at a sample rate in Hz, struck as hard as can be. */
export function strike(voice, rate) {
  const samples = KIT[voice](rate);
  let peak = 0;
  for (const value of samples) peak = Math.max(peak, Math.abs(value));
  const fadeFrom = samples.length - Math.round(rate * 0.02);
  const gain = LOUDNESS[familyOf(voice)] / peak;
  return samples.map((value, i) =>
    value * gain * (i < fadeFrom ? 1 : (samples.length - i) / (samples.length - fadeFrom)));
}

/** How loud a MIDI velocity is beside 127: 36 dB from the softest to the loudest stroke. */
export const gainOf = (velocity) => 10 ** ((36 * (velocity / 127 - 1)) / 20);
