// What is said of a generation and of how near a take comes to the artist.

import { h } from "./dom.js";
import { sentence } from "./api.js";
import { BASIS_WORDS, traitTitle, valueWords } from "./traits.js";

/** Title, facts and notices of a generation. */
export function titleLine(result) {
  const bars = `${result.bars} bar${result.bars === 1 ? "" : "s"} of ${result.time_signature}`;
  return [
    h("h2", { id: "take-title" }, result.artist),
    h("p", { class: "facts" }, `${bars}, ${result.tempo} BPM, seed ${result.seed}`),
    h("p", { class: `basis ${result.basis}` }, sentence(BASIS_WORDS[result.basis])),
    result.notices.length > 0 && h("ul", { class: "notices" }, result.notices.map((notice) => h("li", {}, sentence(notice)))),
  ];
}

/** How near a take is to the artist's profile, with each trait on request; and what was left out. */
export function fitOf(clip, closeUp) {
  const table = h("div", {}, h("p", { class: "note" }, "Measuring …"));
  const details = h("details", {
    ontoggle: async () => {
      if (!details.open) return;
      try {
        table.replaceChildren(fitTable((await closeUp()).fits));
      } catch (error) {
        table.replaceChildren(h("p", { class: "note" }, error.message));
      }
    },
  }, h("summary", {}, `Fit ${Math.round(clip.fit * 100)} of 100`), table);
  return [
    details,
    clip.changes?.length > 0 && h("details", {},
      h("summary", {}, `${clip.changes.length} left out: two hands cannot play them`),
      h("ul", { class: "plain" }, clip.changes.map((change) => h("li", {}, change)))),
  ];
}

function fitTable(fits) {
  if (!fits.length) return h("p", { class: "note" }, "The profile has nothing to compare this take with.");
  return h("table", {},
    h("caption", { class: "unseen" }, "Each trait, as the artist has it and as it was played"),
    h("thead", {}, h("tr", {}, ["Trait", "Artist", "This take", "Fit"].map((title) => h("th", { scope: "col" }, title)))),
    h("tbody", {}, fits.map(({ trait, unit, wanted, played, fit }) => h("tr", {},
      h("th", { scope: "row" }, traitTitle(trait)),
      h("td", {}, valueWords(trait, wanted, unit)),
      h("td", {}, valueWords(trait, played, unit)),
      h("td", {}, h("meter", { min: 0, max: 1, value: fit, "aria-label": `${Math.round(fit * 100)} of 100` }))))));
}
