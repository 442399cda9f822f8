// Taking a take away: the file in the file manager, a download, a drag; and keeping it.

import { call, get, midiUrl, post } from "./api.js";
import { download, downloadBlob, h, put, toast } from "./dom.js";
import { clip, on, state, tell } from "./state.js";
import { zipped } from "./zip.js";

const MANAGER = (() => {
  const system = navigator.userAgentData?.platform ?? navigator.platform ?? "";
  if (/mac/i.test(system)) return "Finder";
  return /win/i.test(system) ? "Explorer" : "the file manager";
})();

/** Generation -> its takes that are kept, as the daemon has them. */
const keptTakes = new Map();

/** Learn what is kept. */
export async function beginTakeAway() {
  const { generations } = await get("/generations?kept=1&limit=1000").catch(() => ({ generations: [] }));
  for (const { generation_id: id, kept } of generations) keptTakes.set(id, kept);
  tell("kept");
}

const isKept = (id, take) => (keptTakes.get(id) ?? []).includes(take);

async function keep(id, take) {
  try {
    const { kept } = await call("PUT", `/generation/${id}/${take}/kept`, { kept: !isKept(id, take) });
    keptTakes.set(id, kept);
    tell("kept");
  } catch (error) {
    toast(error.message, "bad");
  }
}

let showKept = () => {}; // of the star that is on the page
on("kept", () => showKept());

/** The buttons for the take that is shown. */
export function takeAway(place) {
  const { result, take } = state;
  const id = result.generation_id;
  const name = `${clip().name}.mid`;
  const star = h("button", { type: "button", class: "quiet", id: "keep", onclick: () => keep(id, take) },
    h("span", { class: "star-icon" }), "Keep");
  showKept = () => star.setAttribute("aria-pressed", String(isKept(id, take)));
  showKept();
  put(place,
    h("button", { type: "button", class: "primary", id: "reveal", onclick: () => reveal(id, take) }, `Show in ${MANAGER}`),
    h("button", { type: "button", id: "download", onclick: () => download(midiUrl(id, take), name) }, "Download"),
    result.clips.length > 1
      && h("button", { type: "button", id: "download-all", onclick: () => downloadAll(result) }, "Download all"),
    dragHandle(id, take, name), star);
}

async function reveal(id, take) {
  try {
    await post(`/generation/${id}/${take}/reveal`);
  } catch (error) {
    toast([error.message, error.hint].filter(Boolean).join(". "), "bad");
  }
}

async function downloadAll(result) {
  try {
    const files = await Promise.all(result.clips.map(async ({ name }, i) => {
      const answer = await fetch(midiUrl(result.generation_id, i + 1));
      if (!answer.ok) throw new Error("the files could not be read");
      return { name: `${name}.mid`, bytes: new Uint8Array(await answer.arrayBuffer()) };
    }));
    downloadBlob(new Blob(zipped(files), { type: "application/zip" }), `${result.artist} - seed ${result.seed}.zip`);
  } catch (error) {
    toast(error.message, "bad");
  }
}

/** Chromium alone hands a file to other programs when a link is dragged. */
function dragHandle(id, take, name) {
  if (!window.chrome && !navigator.userAgentData) return null;
  return h("a", {
    href: midiUrl(id, take), download: name, class: "drag", draggable: "true",
    title: "Drag this into your DAW or a folder",
    ondragstart: (event) => {
      const url = new URL(midiUrl(id, take), location.href).href;
      event.dataTransfer.effectAllowed = "copy";
      event.dataTransfer.setData("DownloadURL", `audio/midi:${name.replaceAll(":", " ")}:${url}`);
    },
  }, h("span", { class: "grip-icon" }), "Drag out");
}

