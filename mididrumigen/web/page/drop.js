// Files that are dropped or chosen: MIDI to learn from, or as a clip to be played as the artist;
// profiles that were saved.

import { call, follow, post, sentence } from "./api.js";
import { ask, submit } from "./ask.js";
import { announce, byId, h, problemBox, put, toast } from "./dom.js";
import { state, tell } from "./state.js";

const isProfile = ({ name }) => /\.json$/i.test(name);
const isMidi = ({ name }) => /\.(midi?|kar|smf|rmi)$/i.test(name);

/** Let files be dropped anywhere on the page. */
export function beginDrop() {
  const veil = byId("drop-veil");
  let depth = 0;
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragenter", (event) => {
    if (!holdsFiles(event)) return;
    depth += 1;
    veil.hidden = false;
  });
  addEventListener("dragleave", (event) => {
    if (!holdsFiles(event)) return;
    depth = Math.max(0, depth - 1);
    veil.hidden = depth === 0;
  });
  addEventListener("dragover", (event) => { if (holdsFiles(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    depth = 0;
    veil.hidden = true;
    offer([...event.dataTransfer.files]);
  });
}

/** A button that lets files be chosen. */
export function chooser(title) {
  const field = h("input", {
    type: "file", multiple: true, accept: ".mid,.midi,.kar,.smf,.rmi,.json,audio/midi", class: "unseen", tabindex: "-1",
    "aria-label": title,
    onchange: () => {
      offer([...field.files]);
      field.value = "";
    },
  });
  return h("span", {}, field, h("button", { type: "button", class: "quiet", onclick: () => field.click() }, title));
}

/** Ask what the files are for. */
function offer(all) {
  if (all.length && all.every(isProfile)) {
    takeIn(all);
    return;
  }
  const files = all.filter(isMidi);
  const dialog = byId("drop-dialog");
  if (!files.length) {
    toast("No MIDI file among them. MIDI files and saved profiles are what is understood here.", "bad");
    return;
  }
  const field = h("input", {
    id: "drop-artist", required: true, maxlength: 200, value: byId("artist").value || state.result?.artist || "",
    placeholder: "Artist, band or drummer",
  });
  const says = h("div", {});
  const begin = (work) => async () => {
    if (!field.reportValidity()) return;
    const name = field.value.trim();
    for (const button of dialog.querySelectorAll("button")) button.disabled = true;
    put(says, h("p", { class: "note" }, "Handing the files over …"));
    try {
      await work(name, await upload(files), says);
      dialog.close();
    } catch (error) {
      put(says, problemBox(error.message, error.hint));
      for (const button of dialog.querySelectorAll("button")) button.disabled = false;
    }
  };
  put(dialog,
    h("h2", { id: "drop-title" }, files.length === 1 ? files[0].name : `${files.length} MIDI files`),
    all.length > files.length && h("p", { class: "note" }, `Left out, for they are no MIDI: ${all.length - files.length}.`),
    h("label", { class: "field" }, h("span", {}, "Artist"), field),
    h("div", { class: "stack" },
      h("button", { type: "button", class: "primary", id: "drop-learn", onclick: begin(learn) }, `Learn this artist’s style from ${files.length === 1 ? "it" : "them"}`),
      files.length === 1 && [
        h("button", { type: "button", id: "drop-play-as", onclick: begin(clipTo("/clips/play-as")) }, "Play this clip as the artist would"),
        h("button", { type: "button", id: "drop-continue", onclick: begin(clipTo("/clips/continue")) }, "Go on from this clip as the artist"),
      ],
      h("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, "Cancel")),
    says);
  dialog.showModal();
}

/** Profiles that were exported, here or elsewhere. */
async function takeIn(files) {
  try {
    for (const id of await upload(files)) {
      const { artist, evidence } = await post("/profiles", { upload_id: id });
      toast(`${artist} is known from ${evidence} pieces of evidence`);
      tell("taught");
      if (files.length === 1) ask({ artist });
    }
  } catch (error) {
    toast([error.message, error.hint].filter(Boolean).join(". "), "bad");
  }
}

async function upload(files) {
  const form = new FormData();
  for (const file of files) form.append("file", file, file.name);
  const { uploads } = await call("POST", "/uploads", form);
  return uploads.map(({ upload_id: id }) => id);
}

async function learn(artist, uploads, says) {
  const { task_id: id } = await post("/research", { artist, upload_ids: uploads });
  const learnt = await follow(id, ({ message }) => {
    put(says, h("p", { class: "note" }, message ? `${sentence(message)} …` : "Learning …"));
  });
  const refused = Object.values(learnt.sources).flatMap((source) => source.refused);
  for (const { item, reason } of refused.slice(0, 3)) toast(`${item}: ${reason}`, "bad");
  announce(`Learnt ${learnt.grooves} bars and ${learnt.fills} fills`);
  tell("taught");
  byId("artist").value = learnt.artist;
  toast(`Learnt ${learnt.grooves} bars and ${learnt.fills} fills of ${learnt.artist}`);
  ask({ artist: learnt.artist });
}

const clipTo = (path) => async (artist, [uploadId]) => {
  byId("artist").value = artist;
  submit(path, { artist, upload_id: uploadId });
};
