// The drum grid: strokes on a canvas, as wide as is seen; drawn again when it is scrolled.
// Conventions: two ways to look at it. "grid": each stroke in its step, with a needle to the left where
// it is early and to the right where it is late. "roll": each stroke where it sounds. Height and strength are the velocity.

import { familyOf, lanesOf } from "./drums.js";
import { barBeats, beatLength, gridOf, placed } from "./timing.js";
import { h } from "./dom.js";

export const LANE_PX = 34;
const RULER_PX = 30;
const LEAST_BAR_PX = 150;
const NEEDLE_PX_A_MS = 0.5; // larger than life: 10 ms would be two pixels
const MOST_NEEDLE_PX = 12;
const FREE_MS = 4000; // whoever scrolls by hand is not pulled back to the playhead for so long
const PAD_PX = 8; // so that the first stroke is seen whole

/** Draws one take and tells which stroke is pointed at. */
export class Grid {
  /** @param {{pick: (index: number|null) => void, add: (voice: string, start: number) => void,
   *   lockBar: (bar: number) => void, seek: (beats: number) => void}} does */
  constructor(does) {
    this.does = does;
    this.mode = "grid";
    this.strokes = [];
    this.lanes = [];
    this.limbs = null;
    this.selected = null;
    this.lockedBars = new Set();
    this.isHeard = () => true;
    this.isLocked = () => false;
    this.canvas = h("canvas", { "aria-hidden": "true" });
    this.head = h("div", { class: "playhead", hidden: true });
    this.ruler = h("div", { class: "ruler" });
    this.inner = h("div", { class: "grid-inner" }, this.ruler, this.canvas, this.head);
    this.element = h("div", {
      class: "grid-scroll", tabindex: "0", role: "group",
      "aria-label": "Drum grid. Left and right arrows go from stroke to stroke, up and down change its voice.",
    }, this.inner);
    this.element.addEventListener("scroll", () => this.draw(), { passive: true });
    for (const kind of ["wheel", "touchmove", "pointerdown"]) {
      this.element.addEventListener(kind, () => { this.freeUntil = performance.now() + FREE_MS; }, { passive: true });
    }
    this.canvas.addEventListener("click", (event) => this.#click(event));
    this.canvas.addEventListener("dblclick", (event) => this.#doubleClick(event));
    this.element.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.layout()).observe(this.element);
  }

  /** Show some notes of the API. */
  load(notes, { tempo, timeSignature, bars, voices }) {
    Object.assign(this, { notes, tempo, timeSignature, bars });
    this.grid = gridOf(notes);
    this.strokes = placed(notes, tempo, timeSignature, voices, this.grid);
    this.lanes = lanesOf(this.strokes);
    this.layout();
  }

  layout() {
    if (!this.notes) return;
    this.beats = barBeats(this.timeSignature);
    this.length = this.bars * this.beats;
    const room = this.element.clientWidth - 2 * PAD_PX;
    this.barPx = Math.max(LEAST_BAR_PX * Math.max(1, this.beats / 4), room / this.bars);
    this.beatPx = this.barPx / this.beats;
    this.heightPx = RULER_PX + this.lanes.length * LANE_PX;
    this.inner.style.width = `${this.barPx * this.bars + 2 * PAD_PX}px`;
    this.inner.style.height = `${this.heightPx}px`;
    this.#drawRuler();
    this.draw();
  }

  #drawRuler() {
    const buttons = [];
    for (let bar = 1; bar <= this.bars; bar += 1) {
      const isOn = this.lockedBars.has(bar);
      const button = h("button", {
        type: "button", class: "bar-lock", "aria-pressed": String(isOn),
        "aria-label": `Keep bar ${bar}`, title: isOn ? "This bar stays" : "Keep this bar",
        onclick: () => this.does.lockBar(bar),
      }, `${bar}`);
      button.style.left = `${PAD_PX + (bar - 1) * this.barPx}px`;
      button.style.width = `${this.barPx}px`;
      buttons.push(button);
    }
    const focused = [...this.ruler.children].indexOf(document.activeElement);
    this.ruler.replaceChildren(...buttons);
    buttons[focused]?.focus({ preventScroll: true });
  }

  x(beats) {
    return PAD_PX + beats * this.beatPx;
  }

  draw() {
    if (!this.notes) return;
    const width = this.element.clientWidth;
    const height = this.heightPx - RULER_PX;
    const left = this.element.scrollLeft;
    const scale = window.devicePixelRatio || 1;
    const { canvas } = this;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    canvas.style.transform = `translateX(${left}px)`;
    const pen = canvas.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, -left * scale, 0);
    pen.clearRect(left, 0, width, height);
    this.colours ??= readColours();
    this.#drawLines(pen, left, width, height);
    for (let i = 0; i < this.strokes.length; i += 1) this.#drawStroke(pen, i, left, width);
  }

  /** The colours have changed. */
  recolour() {
    this.colours = null;
    this.draw();
  }

  #drawLines(pen, left, width, height) {
    const { colours } = this;
    for (let lane = 0; lane < this.lanes.length; lane += 1) {
      pen.fillStyle = lane % 2 ? colours.lane : colours.panel;
      pen.fillRect(left, lane * LANE_PX, width, LANE_PX);
    }
    for (const bar of this.lockedBars) {
      pen.fillStyle = colours.locked;
      pen.fillRect(this.x((bar - 1) * this.beats), 0, this.barPx, height);
    }
    const line = (beats, colour) => {
      const x = Math.round(this.x(beats)) + 0.5;
      if (x < left - 1 || x > left + width) return;
      pen.strokeStyle = colour;
      pen.beginPath();
      pen.moveTo(x, 0);
      pen.lineTo(x, height);
      pen.stroke();
    };
    const beat = beatLength(this.timeSignature);
    if (this.beatPx / this.grid > 9) {
      for (let step = 0; step < this.length * this.grid; step += 1) line(step / this.grid, colours.step);
    }
    for (let at = 0; at < this.length - 1e-6; at += beat) line(at, colours.beat);
    for (let bar = 0; bar <= this.bars; bar += 1) line(bar * this.beats, colours.bar);
  }

  /** Where a stroke is drawn: {x, y, w, h}. */
  box(stroke) {
    const lane = this.lanes.indexOf(stroke.voice);
    const tall = 6 + (LANE_PX - 12) * (stroke.velocity / 127);
    const stepPx = this.beatPx / this.grid;
    const w = Math.max(5, Math.min(stepPx - 3, 22));
    const at = this.mode === "grid" ? stroke.step / this.grid : stroke.start;
    return { x: this.x(at) + 1, y: lane * LANE_PX + LANE_PX - 4 - tall, w, h: tall };
  }

  #drawStroke(pen, index, left, width) {
    const stroke = this.strokes[index];
    const box = this.box(stroke);
    if (box.x > left + width + 30 || box.x + box.w < left - 30) return;
    const { colours } = this;
    const isHeard = this.isHeard(stroke.voice);
    pen.globalAlpha = (isHeard ? 1 : 0.25) * (0.45 + 0.55 * (stroke.velocity / 127));
    pen.fillStyle = colours[familyOf(stroke.voice)];
    pen.beginPath();
    pen.roundRect(box.x, box.y, box.w, box.h, 2);
    pen.fill();
    pen.globalAlpha = isHeard ? 1 : 0.3;
    if (this.mode === "grid") {
      const long = Math.max(-MOST_NEEDLE_PX, Math.min(MOST_NEEDLE_PX, stroke.lateMs * NEEDLE_PX_A_MS));
      const from = long < 0 ? box.x : box.x + box.w;
      pen.fillStyle = colours.soft;
      pen.fillRect(Math.min(from, from + long), box.y + box.h - 2, Math.abs(long), 2);
    }
    if (this.isLocked(stroke.voice)) {
      pen.fillStyle = colours.ink;
      pen.fillRect(box.x, box.y - 2, box.w, 1.5);
    }
    if (this.limbs) {
      pen.fillStyle = colours.ink;
      pen.font = "600 9px system-ui, sans-serif";
      pen.fillText(this.limbs[index] ?? "", box.x, Math.max(9, box.y - 3));
    }
    if (index === this.selected) {
      pen.strokeStyle = colours.focus;
      pen.lineWidth = 2;
      pen.strokeRect(box.x - 3, box.y - 3, box.w + 6, box.h + 6);
      pen.lineWidth = 1;
    }
    pen.globalAlpha = 1;
  }

  #at(event) {
    const { left, top } = this.canvas.getBoundingClientRect();
    const x = event.clientX - left + this.element.scrollLeft;
    const lane = Math.floor((event.clientY - top) / LANE_PX);
    return { x, voice: this.lanes[lane], beats: (x - PAD_PX) / this.beatPx };
  }

  #click(event) {
    const { x, voice, beats } = this.#at(event);
    let best = null;
    let near = 14;
    this.strokes.forEach((stroke, i) => {
      if (stroke.voice !== voice) return;
      const box = this.box(stroke);
      const off = Math.abs(box.x + box.w / 2 - x);
      if (off < near) [best, near] = [i, off];
    });
    this.does.pick(best);
    if (best === null) this.does.seek(Math.max(0, Math.min(this.length - 0.01, beats)));
  }

  #doubleClick(event) {
    const { voice, beats } = this.#at(event);
    const start = Math.max(0, Math.floor(beats * this.grid + 0.15) / this.grid);
    if (voice && start < this.length && this.selected === null) this.does.add(voice, start);
  }

  #key(event) {
    if (event.target !== this.element || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const lane = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step && !lane) return;
    event.preventDefault();
    const { strokes } = this;
    if (this.selected === null || !strokes[this.selected]) {
      this.does.pick(strokes.length ? 0 : null);
      return;
    }
    const now = strokes[this.selected];
    const rows = (voice) => this.lanes.indexOf(voice);
    const candidates = strokes.map((stroke, i) => ({ stroke, i })).filter(({ stroke }) =>
      step ? stroke.voice === now.voice && Math.sign(stroke.start - now.start) === step
        : Math.sign(rows(stroke.voice) - rows(now.voice)) === lane);
    const far = ({ stroke }) => Math.abs(stroke.start - now.start)
      + (lane ? 4 * Math.abs(rows(stroke.voice) - rows(now.voice)) : 0);
    candidates.sort((a, b) => far(a) - far(b));
    if (candidates.length) this.does.pick(candidates[0].i);
  }

  /** Bring a position into view. */
  reveal(beats) {
    const x = this.x(beats);
    const { scrollLeft, clientWidth } = this.element;
    if (x < scrollLeft + 10 || x > scrollLeft + clientWidth - 40) this.element.scrollLeft = x - 40;
  }

  /** Put the playhead somewhere; null hides it. */
  moveHead(beats) {
    this.head.hidden = beats === null;
    if (beats === null) return;
    this.head.style.transform = `translateX(${this.x(beats)}px)`;
    if (performance.now() > (this.freeUntil ?? 0)) this.reveal(beats);
  }
}

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["panel", "lane", "step", "beat", "bar", "locked", "ink", "soft", "focus",
    "kick", "snare", "hat", "ride", "crash", "tom", "percussion"];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}
