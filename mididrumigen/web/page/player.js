// Plays a take in a loop without a gap, on the audio clock.
// Conventions: strokes are handed to the audio clock a fraction of a second ahead; a position is
// in quarter notes since the loop began, and wraps for what is shown.

import { between } from "./timing.js";
import { familyOf } from "./drums.js";
import { gainOf, strike } from "./synth.js";

const AHEAD_S = 0.15;
const AHEAD_HIDDEN_S = 1.6; // a page in the background hears its clock once a second
const EVERY_MS = 25;
const START_S = 0.06;

/** As the drummer hears it, left to right. */
const PAN = {
  hat_closed: -0.25, hat_open: -0.25, hat_pedal: -0.25, crash: -0.35, splash: -0.1, ride: 0.35,
  ride_bell: 0.35, china: 0.45, tom_high: -0.2, tom_high_mid: -0.1, tom_low_mid: 0.05, tom_low: 0.15,
  tom_floor_high: 0.25, tom_floor_low: 0.35,
};

/** Straight up to half, then rounder and rounder: many strokes at once do not crackle. */
function softCeiling() {
  const curve = new Float32Array(1025);
  for (let i = 0; i < curve.length; i += 1) {
    const x = (i - 512) / 512;
    const over = Math.abs(x) - 0.5;
    curve[i] = over <= 0 ? x : Math.sign(x) * (0.5 + 0.5 * Math.tanh(over * 1.4));
  }
  return curve;
}

/** The kit in one audio context: buffers of the voices, made when first needed. */
export class Kit {
  constructor(context, destination = context.destination) {
    this.context = context;
    this.buffers = new Map();
    this.buses = new Map();
    this.main = new GainNode(context, { gain: 0.8 });
    // No compressor: browsers delay what goes through one.
    const ceiling = new WaveShaperNode(context, { curve: softCeiling() });
    this.main.connect(ceiling).connect(destination);
    this.open = null; // the open hi-hat that still rings
  }

  /** Make the sounds of some voices before they are needed, one at a time, so nothing stutters. */
  async prepare(voices) {
    for (const voice of voices) {
      if (this.buffers.has(voice)) continue;
      this.buffer(voice);
      await new Promise((done) => setTimeout(done, 0));
    }
  }

  buffer(voice) {
    let buffer = this.buffers.get(voice);
    if (!buffer) {
      const { sampleRate } = this.context;
      const samples = strike(voice, sampleRate);
      buffer = new AudioBuffer({ length: samples.length, sampleRate });
      buffer.copyToChannel(samples, 0);
      this.buffers.set(voice, buffer);
    }
    return buffer;
  }

  bus(voice) {
    let bus = this.buses.get(voice);
    if (!bus) {
      bus = new GainNode(this.context);
      const pan = new StereoPannerNode(this.context, { pan: PAN[voice] ?? 0 });
      bus.connect(pan).connect(this.main);
      this.buses.set(voice, bus);
    }
    return bus;
  }

  /** Strike a voice at a time of the context. */
  play(voice, velocity, when) {
    const source = new AudioBufferSourceNode(this.context, { buffer: this.buffer(voice) });
    const gain = new GainNode(this.context, { gain: gainOf(velocity) });
    source.connect(gain).connect(this.bus(voice));
    source.start(when);
    if (familyOf(voice) === "hat") {
      // One pair of cymbals: whatever strikes it ends the open sound.
      if (this.open) this.open.gain.setTargetAtTime(0, when, 0.015);
      this.open = voice === "hat_open" ? gain : null;
    }
    return source;
  }
}

/** The loop. Its `onstop` is called when it stops by itself. */
export class Player {
  constructor() {
    this.context = null;
    this.kit = null;
    this.strokes = [];
    this.length = 4;
    this.tempo = 120;
    this.muted = new Set();
    this.soloed = new Set();
    this.isPlaying = false;
    this.volume = 0.8;
  }

  /** Make sound possible; call it in answer to a click or a key, as browsers want. */
  async wake() {
    if (!this.context) {
      this.context = new AudioContext({ latencyHint: "interactive" });
      this.kit = new Kit(this.context);
      this.kit.main.gain.value = this.volume;
    }
    if (this.context.state !== "running") await this.context.resume();
  }

  /** What is played: sorted strokes with `start`, `voice` and `velocity`, and how long the loop is. */
  load(strokes, length, tempo) {
    this.#change(() => Object.assign(this, { strokes, length, tempo }));
  }

  setTempo(tempo) {
    this.#change(() => Object.assign(this, { tempo }));
  }

  /** Change what is played without a gap: what sounds rings on, and the beat goes on from here. */
  #change(change) {
    if (!this.isPlaying) {
      change();
      return;
    }
    clearTimeout(this.timer);
    const now = this.context.currentTime;
    if (now > this.fromTime) {
      this.fromBeat += ((now - this.fromTime) * this.tempo) / 60;
      this.fromTime = now;
    }
    change();
    for (const [source, when] of this.sounding) {
      if (when > now) source.stop();
    }
    this.until = this.fromBeat;
    this.applyMutes();
    this.#schedule();
  }

  setVolume(volume) {
    this.volume = volume;
    this.kit?.main.gain.setTargetAtTime(volume, this.context.currentTime, 0.01);
  }

  async play(from = 0) {
    await this.wake();
    this.isPlaying = true;
    this.applyMutes();
    this.kit.prepare(new Set(this.strokes.map(({ voice }) => voice)));
    this.#startAt(from % this.length);
    this.firstBeatAt ??= performance.now() + START_S * 1000;
  }

  stop() {
    this.isPlaying = false;
    clearTimeout(this.timer);
    this.#silence();
  }

  /** Quarter notes since the start of the loop, as it is heard now. */
  position() {
    if (!this.isPlaying) return 0;
    const now = this.context.currentTime - (this.context.outputLatency || 0);
    return Math.max(0, this.fromBeat + ((now - this.fromTime) * this.tempo) / 60) % this.length;
  }

  isHeard(voice) {
    return this.soloed.size ? this.soloed.has(voice) : !this.muted.has(voice);
  }

  /** Let what is muted or not soloed fall silent at once. */
  applyMutes() {
    if (!this.kit) return;
    for (const voice of new Set([...this.strokes.map((s) => s.voice), ...this.kit.buses.keys()])) {
      const level = this.isHeard(voice) ? 1 : 0;
      this.kit.bus(voice).gain.setTargetAtTime(level, this.context.currentTime, 0.004);
    }
  }

  #startAt(beat) {
    clearTimeout(this.timer);
    this.#silence();
    this.fromBeat = beat;
    this.fromTime = this.context.currentTime + START_S;
    this.until = beat;
    this.applyMutes();
    this.#schedule();
  }

  #schedule() {
    const aheadS = document.hidden ? AHEAD_HIDDEN_S : AHEAD_S;
    const now = this.context.currentTime;
    const to = this.fromBeat + ((now + aheadS - this.fromTime) * this.tempo) / 60;
    for (const { stroke, at } of between(this.strokes, this.length, this.until, to)) {
      const when = this.fromTime + ((at - this.fromBeat) * 60) / this.tempo;
      if (when < now - 0.05) continue; // the machine slept
      const source = this.kit.play(stroke.voice, stroke.velocity, Math.max(when, now));
      this.sounding.set(source, when);
      source.onended = () => this.sounding.delete(source);
    }
    this.until = Math.max(this.until, to);
    this.timer = setTimeout(() => this.#schedule(), EVERY_MS);
  }

  /** Sounds that were handed over and have not ended, with their times. */
  sounding = new Map();

  #silence() {
    for (const source of this.sounding.keys()) source.stop();
    this.sounding.clear();
    if (this.kit) this.kit.open = null;
  }
}

/**
 * A take as samples: the same kit, rendered without a sound card.
 * @returns {Promise<AudioBuffer>} mono
 */
export async function rendered(strokes, tempo, seconds, rate = 44_100) {
  const context = new OfflineAudioContext(1, Math.ceil(seconds * rate), rate);
  const kit = new Kit(context);
  for (const { voice, velocity, start } of strokes) kit.play(voice, velocity, (start * 60) / tempo);
  return context.startRendering();
}
