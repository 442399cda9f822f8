// The question: an artist, and what is wanted of him; progress, cancel, and who of several is meant.

import { Ambiguous, call, follow, get, part, Problem, sentence } from "./api.js";
import { combobox } from "./combobox.js";
import { bodyOf, more, namesLike, upFront } from "./controls.js";
import { announce, byId, h, memory, problemBox, put } from "./dom.js";
import { player } from "./sound.js";
import { state, tell } from "./state.js";

const EXAMPLES = ["John Bonham", "J Dilla", "Tony Allen", "Questlove", "Stewart Copeland", "bossa nova"];

let running = null; // the task under way: {id, cancelled}

/** Build the form. */
export function beginAsk() {
  const form = byId("ask");
  const field = h("input", {
    id: "artist", name: "artist", type: "text", required: true, maxlength: 200, spellcheck: "false",
    placeholder: "Any artist, band or drummer", enterkeyhint: "go", "aria-label": "Artist",
  });
  const { list } = combobox(field, namesLike, () => ask());
  const controls = more();
  const moreButton = h("button", {
    type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": "more",
    onclick: () => showMore(moreButton.getAttribute("aria-expanded") !== "true"),
  }, "More controls");
  const showMore = (shown) => {
    moreButton.setAttribute("aria-expanded", String(shown));
    controls.show(shown);
  };
  const atOnce = h("input", {
    type: "checkbox", checked: memory.get("play-at-once", true),
    onchange: () => memory.set("play-at-once", atOnce.checked),
  });
  atOnce.id = "at-once";
  put(form,
    h("div", { class: "ask-row" },
      h("div", { class: "combo" }, field, list),
      h("button", { id: "generate", class: "primary" }, "Generate")),
    h("div", { class: "row" }, upFront(), moreButton,
      h("label", { class: "check" }, atOnce, "Play when ready")),
    controls.panel);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  form.addEventListener("reset", () => setTimeout(() => {
    field.value = state.result?.artist ?? field.value;
    atOnce.checked = memory.get("play-at-once", true);
    for (const knob of form.querySelectorAll("[data-usual]")) knob.dispatchEvent(new Event("input"));
  }));
  if (memory.get("more", false)) showMore(true);
  welcome();
  field.focus({ preventScroll: true });
}

function welcome() {
  put(byId("welcome"),
    h("p", { class: "lead" }, "Type a name. You get drum MIDI in that style, with the reasons."),
    h("ul", { class: "chips", "aria-label": "Examples" }, EXAMPLES.map((name) =>
      h("li", {}, h("button", { type: "button", class: "chip", onclick: () => askFor(name) }, name)))));
}

/** Generate for a name, with the controls as they stand. */
export function askFor(name) {
  location.hash = "#studio";
  byId("artist").value = name;
  state.player = "";
  return ask();
}

/** Generate what the form says; `extra` fields win over it. */
export function ask(extra = {}) {
  const form = byId("ask");
  if (!form.reportValidity()) return undefined;
  const artist = byId("artist").value.trim();
  const isSame = artist === state.asked?.body.artist || artist === state.result?.artist;
  if (!isSame) state.player = "";
  const body = { artist, ...bodyOf(form), ...extra };
  if (state.player) body.player = state.player;
  return submit("/generate", body);
}

/** Play anew around what is locked in the take that is shown, or with these voices locked. */
export function reroll(voices = [...state.lockedVoices], bars = [...state.lockedBars]) {
  const body = { ...(state.asked?.body ?? {}), ...bodyOf(byId("ask")) };
  for (const gone of ["seed", "lock", "lock_bars", "from", "notes", "upload_id", "length_beats", "title"]) delete body[gone];
  if (!body.artist_id) body.artist ??= state.result.artist;
  if (voices.length || bars.length) {
    // What is locked has its own length, metre and tempo.
    for (const fixed of ["bars", "time_signature", "tempo"]) delete body[fixed];
    Object.assign(body, { lock: voices, lock_bars: bars, from: `${state.result.generation_id}/${state.take}` });
  }
  return submit("/generate", body);
}

/** Ask the daemon to play, show how it goes, and show the result. */
export async function submit(path, body) {
  if (byId("at-once").checked) player.wake(); // within the click, as browsers want
  await cancelRunning();
  const task = { id: null, cancelled: false };
  running = task;
  const began = performance.now();
  const bar = h("progress", { max: 1, "aria-label": "Progress" });
  const message = h("span", {}, `Asking for ${body.artist ?? "it"} …`);
  put(byId("ask-says"), h("div", { class: "working" }, bar, message,
    h("button", { type: "button", class: "quiet", onclick: cancelRunning }, "Cancel")));
  byId("ask").setAttribute("aria-busy", "true");
  try {
    const { task_id: id } = await call("POST", path, body);
    task.id = id;
    if (task.cancelled) {
      call("DELETE", `/task/${part(id)}`).catch(() => {});
      return;
    }
    const result = await follow(id, ({ progress, message: says }) => {
      if (progress) bar.value = progress;
      if (says) message.textContent = `${sentence(says)} …`;
    });
    if (running !== task) return;
    put(byId("ask-says"));
    state.asked = { path, body };
    state.isBlend = Boolean(body.blend);
    tell("new", result);
    announce(`${result.clips.length} takes for ${result.artist} are ready`);
    performance.measure("ask to result", { start: began, end: performance.now() });
  } catch (error) {
    if (running === task) showError(error, path, body);
  } finally {
    if (running === task) {
      running = null;
      byId("ask").removeAttribute("aria-busy");
    }
  }
}

async function cancelRunning() {
  const task = running;
  if (!task) return;
  running = null;
  task.cancelled = true;
  byId("ask").removeAttribute("aria-busy");
  put(byId("ask-says"));
  announce("Cancelled");
  if (task.id) await call("DELETE", `/task/${part(task.id)}`).catch(() => {});
}

function showError(error, path, body) {
  const place = byId("ask-says");
  if (error instanceof Ambiguous) {
    put(place, h("fieldset", { class: "which" },
      h("legend", {}, `Several artists are called ${body.artist}. Which one?`),
      error.choices.map(({ artist_id: id, name, disambiguation }) =>
        h("button", {
          type: "button", class: "choice",
          onclick: () => {
            const { artist: _, ...rest } = body;
            submit(path, { ...rest, artist_id: id });
          },
        }, h("strong", {}, name), disambiguation && h("span", { class: "note" }, disambiguation)))));
    place.querySelector("button").focus();
    announce("Several artists have this name; choose one");
    return;
  }
  if (error.code === "cancelled") {
    put(place);
    return;
  }
  const known = error instanceof Problem ? error : new Problem("The page stumbled", String(error.message));
  put(place, problemBox(known.message, known.hint,
    h("button", { type: "button", class: "quiet", onclick: () => submit(path, body) }, "Try again")));
  if (!(error instanceof Problem)) throw error;
}

/** Show a generation of the history. */
export async function open({ generation_id: id, request }) {
  const result = await get(`/generation/${id}`);
  state.isBlend = Boolean(request.blend);
  const artist = state.isBlend ? result.artist.slice(0, result.artist.lastIndexOf(" + ")) : result.artist;
  state.asked = { path: "/generate", body: { artist } };
  byId("artist").value = artist;
  location.hash = "#studio";
  tell("new", result);
}
