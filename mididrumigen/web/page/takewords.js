// What is said of a generation and of how near a take comes to the artist.

import { h } from "./dom.js";
import { sentence } from "./api.js";
import { BASIS_WORDS, traitTitle, unitOf, valueWords } from "./traits.js";

/** Title, facts and notices of a generation. */
export function titleLine(result) {
  const bars = `${result.bars} bar${result.bars === 1 ? "" : "s"} of ${result.time_signature}`;
  const notices = result.notices
    .filter((notice) => !notice.endsWith(BASIS_WORDS[result.basis])) // said already
    .map(forThePage);
  return [
    h("h2", { id: "take-title" }, result.artist),
    h("p", { class: "facts" }, `${bars}, ${result.tempo} BPM, seed ${result.seed}`),
    h("p", { class: `basis ${result.basis}` }, sentence(BASIS_WORDS[result.basis])),
    notices.length > 0 && h("ul", { class: "notices" }, notices.map((notice) => h("li", {}, sentence(notice)))),
  ];
}

/** Notices speak of the command line now and then; here other things are at hand. */
function forThePage(notice) {
  if (notice.includes("mididrumigen research")) return "drop their MIDI files on this page to teach me";
  return notice.replace("; choose with player or era", "; choose beside");
}

/** How near a take is to the artist, with each trait on request; and what was left out. */
export function fitOf(clip) {
  const traits = Object.entries(clip.fit_by_trait ?? {});
  const words = `Fit ${Math.round(clip.fit * 100)} of 100`;
  return [
    traits.length > 0 && h("details", {}, h("summary", {}, words), fitTable(traits)),
    clip.changes?.length > 0 && h("details", {},
      h("summary", {}, `${clip.changes.length} left out: two hands cannot play them`),
      h("ul", { class: "plain" }, clip.changes.map((change) => h("li", {}, change)))),
  ];
}

const fitTable = (traits) => h("table", {},
  h("caption", { class: "unseen" }, "Each trait, as the artist has it and as it was played"),
  h("thead", {}, h("tr", {}, ["Trait", "Artist", "This take", "Fit"].map((title) => h("th", { scope: "col" }, title)))),
  h("tbody", {}, traits.sort((a, b) => a[1].near - b[1].near).map(([trait, { wanted, played, near }]) => h("tr", {},
    h("th", { scope: "row" }, traitTitle(trait)),
    h("td", {}, valueWords(trait, wanted, unitOf(trait))),
    h("td", {}, valueWords(trait, played, unitOf(trait))),
    h("td", {}, h("meter", { min: 0, max: 1, value: near, "aria-label": `${Math.round(near * 100)} of 100` }))))));
