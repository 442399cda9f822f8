// The sources: which are asked, what they wait for, whom to credit, and what each of them hears.

import { call } from "./api.js";
import { h, toast } from "./dom.js";

const KINDS = {
  metadata: "Facts and tempo", article: "Articles", paper: "Papers", midi: "MIDI", audio: "Audio", knowledge: "Built in",
};
const WANTS = { key: "waits for a key", consent: "waits for your yes", address: "waits for an address" };

/** Every source, by kind. @param {() => void} again shows them anew */
export function sourceList(sources, sites, again) {
  const consents = new Map(sites.map((site) => [site.site, site]));
  return Object.entries(KINDS).map(([kind, title]) => {
    const own = sources.filter((source) => source.kind === kind);
    return own.length > 0 && h("section", {}, h("h3", {}, title),
      h("ul", { class: "states" }, own.map((source) => line(source, consents.get(source.name), again))));
  });
}

function line(source, site, again) {
  const { name, title, enabled, wants, licence } = source;
  const change = (work) => async (event) => {
    event.target.disabled = true;
    try {
      await work(event.target.checked);
    } catch (error) {
      toast([error.message, error.hint].filter(Boolean).join(". "), "bad");
    }
    again();
  };
  return h("li", {},
    h("label", { class: "check" }, h("input", {
      type: "checkbox", checked: enabled,
      onchange: change((isOn) => call("PUT", "/settings", { settings: { sources: { [name]: { enabled: isOn } } } })),
    }), title),
    h("span", { class: `state is-${enabled && !wants ? "on" : "off"}` }, enabled ? WANTS[wants] ?? "on" : "off"),
    h("span", { class: "note" }, licence),
    site && h("label", { class: "check note" }, h("input", {
      type: "checkbox", checked: Boolean(site.since),
      onchange: change((isYes) => call("PUT", "/consent", { site: name, allowed: isYes })),
    }), `Yes: ${site.to}`));
}

/** What leaves this machine, and where it goes. */
export function whatLeaves(sources, isOnline) {
  if (!isOnline) return [h("p", { class: "lead" }, "Nothing."), h("p", {}, "Research asks nobody outside this machine, as you set it.")];
  const out = sources.filter((source) => !source.is_local && source.enabled && !source.wants);
  if (!out.length) {
    return [h("p", { class: "lead" }, "Nothing."), h("p", {}, "No source that is on asks anybody outside this machine.")];
  }
  return [
    h("p", {}, "A known artist is played without asking anybody. When you research one, the artist’s name, the titles of his songs and the names of his drummers are sent to:"),
    h("ul", { class: "plain" }, out.map(({ title }) => h("li", {}, title))),
    h("p", {}, "Your contact goes along, if you gave one. Your files, your takes and your keys of other services never do."),
  ];
}
