// Every trait with how sure it is, and what it rests on: quote or measurement, address, licence.

import { sentence } from "./api.js";
import { h } from "./dom.js";
import { sureWords, traitTitle, valueWords } from "./traits.js";

/** A list of traits, each to be opened. */
export function traitList(traits, evidence) {
  return h("ul", { class: "traits" }, Object.entries(traits).map(([name, trait]) => {
    const details = h("details", {
      ontoggle: () => {
        if (details.open && details.children.length === 1) {
          details.append(h("div", { class: "because" },
            h("p", { class: "note" }, `${sentence(trait.means)}.`),
            trait.range && h("p", { class: "note" }, `From ${valueWords(name, trait.range[0], trait.unit)} to ${valueWords(name, trait.range[1], trait.unit)}.`),
            trait.evidence.map((id) => piece(evidence[id], name, trait.unit)),
            trait.against.length > 0 && h("h4", {}, "Says otherwise"),
            trait.against.map((id) => piece(evidence[id], name, trait.unit))));
        }
      },
    }, h("summary", {},
      h("span", { class: "trait-name" }, traitTitle(name)),
      h("span", { class: "trait-value" }, valueWords(name, trait.value, trait.unit)),
      h("span", { class: "sure" }, sureWords(trait.confidence)),
      h("meter", { min: 0, max: 1, value: trait.confidence, "aria-hidden": "true" })));
    return h("li", {}, details);
  }));
}

/** One piece of evidence, as far as it is about a trait. */
function piece(evidence, name, unit) {
  if (!evidence) return null;
  const value = saidOf(evidence, name);
  return h("article", { class: "piece" },
    evidence.quote && h("blockquote", {}, evidence.quote),
    value !== undefined && h("p", {}, `Says ${valueWords(name, value, unit)}.`),
    h("p", { class: "note" },
      `${evidence.source.replaceAll("_", " ")}, ${evidence.kind}, ${sureWords(evidence.confidence)}`,
      evidence.licence && `; ${evidence.licence}`,
      `; ${evidence.retrieved_at.slice(0, 10)}`),
    h("p", { class: "address" }, address(evidence.url)),
    (evidence.value?.notes ?? []).map((note) => h("p", { class: "note" }, note)));
}

/** What a piece of evidence says of a trait, however it came to know: measured, read, or told of a track. */
export function saidOf({ value = {} }, name) {
  if (typeof value.traits?.[name] === "number") return value.traits[name];
  if (name === "tempo_bpm" && value.tempo) return value.tempo.bpm;
  const said = value.claims?.find(({ trait, value: what }) => trait === name && typeof what === "number");
  return said?.value;
}

/** A link only where it is an address of the web: evidence is other people's text. */
export function address(url) {
  return /^https?:\/\//i.test(url)
    ? h("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, url)
    : url;
}
