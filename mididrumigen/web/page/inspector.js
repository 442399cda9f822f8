// The stroke that is selected: what it is, and how to change it. What was changed is saved as a new
// generation; the one it came from stays.

import { post } from "./api.js";
import { announce, h, put, toast } from "./dom.js";
import { noteOf, titleOf } from "./drums.js";
import { state, tell } from "./state.js";
import { lateWords, placed, placeWords } from "./timing.js";

const NEW_VELOCITY = 90;
const NEW_LENGTH = 0.25;

/** Shows a stroke of a grid and changes it; `changed` is called after each change. */
export class Inspector {
  constructor(changed) {
    this.changed = changed;
    this.element = h("div", { class: "inspector", role: "group", "aria-label": "Selected stroke" });
    this.isEdited = false;
  }

  /** Show a stroke; null shows what to do. */
  show(grid, index) {
    if (grid.source !== state.result?.clips[state.take - 1]) {
      grid.source = state.result?.clips[state.take - 1];
      this.isEdited = false;
    }
    const stroke = index === null ? null : grid.strokes[index];
    if (!stroke) {
      put(this.element,
        h("p", { class: "note" }, "Click a stroke to see and change it. Double-click an empty place to add one."),
        this.#saving(grid));
      return;
    }
    const words = `${titleOf(stroke.voice)}, ${placeWords(stroke.start, state.result.time_signature)}`;
    const number = (title, value, attributes, set) => {
      const field = h("input", {
        type: "number", value, ...attributes,
        onchange: () => { if (field.reportValidity()) set(Number(field.value)); },
      });
      return h("label", { class: "field inline" }, h("span", {}, title), field);
    };
    put(this.element,
      h("p", { class: "stroke" }, h("strong", {}, words), ` ${lateWords(stroke.lateMs)}`),
      number("Velocity", stroke.velocity, { min: 1, max: 127, step: 1 },
        (velocity) => this.#change(grid, index, { velocity: Math.round(velocity) })),
      number("Late ms", Math.round(stroke.lateMs), { min: -120, max: 120, step: 1 },
        (ms) => this.#change(grid, index, { lateMs: ms })),
      h("button", { type: "button", class: "quiet", onclick: () => this.#remove(grid, index) }, "Remove"),
      this.#saving(grid));
    announce(`${words}, velocity ${stroke.velocity}, ${lateWords(stroke.lateMs)}`);
  }

  /** Add a stroke. */
  add(grid, voice, start) {
    const { tempo, time_signature: timeSignature, voices } = state.result;
    const note = [noteOf(voice, voices), start, NEW_LENGTH, NEW_VELOCITY];
    const [stroke] = placed([note], tempo, timeSignature, voices, grid.grid);
    grid.strokes.push(stroke);
    this.#edited(grid, grid.strokes.length - 1);
  }

  #change(grid, index, change) {
    const stroke = grid.strokes[index];
    if (change.velocity !== undefined) stroke.velocity = change.velocity;
    if (change.lateMs !== undefined) {
      const beats = stroke.step / grid.grid + (change.lateMs * state.result.tempo) / 60_000;
      stroke.start = Math.max(0, Math.min(grid.length - 0.01, beats));
      stroke.lateMs = ((stroke.start - stroke.step / grid.grid) * 60_000) / state.result.tempo;
    }
    this.#edited(grid, index);
  }

  #remove(grid, index) {
    grid.strokes.splice(index, 1);
    this.#edited(grid, null);
  }

  #edited(grid, index) {
    this.isEdited = true;
    grid.limbs = null;
    grid.selected = index;
    this.changed();
    this.show(grid, index);
  }

  #saving(grid) {
    if (!this.isEdited) return null;
    return h("button", { type: "button", id: "save-edit", class: "primary", onclick: () => this.#save(grid) },
      "Save as a new take");
  }

  async #save(grid) {
    const notes = grid.strokes
      .map(({ pitch, start, length, velocity }) => [pitch, start, length, velocity])
      .sort((a, b) => a[1] - b[1]);
    try {
      const result = await post(`/generation/${state.result.generation_id}/${state.take}/edit`, { notes });
      tell("new", result);
      toast(`Saved as generation ${result.generation_id}`);
    } catch (error) {
      toast([error.message, error.hint].filter(Boolean).join(". "), "bad");
    }
  }
}
