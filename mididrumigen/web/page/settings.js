// The settings that people change: saved to the settings file, and in force at once.

import { call } from "./api.js";
import { h, problemBox, put, toast } from "./dom.js";

/** A form over the settings in force; `maps` are the drum maps that there are. */
export function settingsForm({ path, settings }, { maps }) {
  const { generation, sources } = settings;
  const says = h("div", {});
  const form = h("form", {
    class: "stack", id: "settings-form",
    onsubmit: (event) => {
      event.preventDefault();
      save(form, says);
    },
  },
  text("contact", "Contact", settings.contact, "you@example.org",
    "Your e-mail or web address. Research sites ask who calls; without one some answer more slowly."),
  text("output_dir", "Folder for MIDI files", generation.output_dir, "MidiDrumiGen in your music folder",
    "Add this folder to your DAW’s browser."),
  h("div", { class: "row" },
    number("default_bars", "Bars", generation.default_bars, 1, 32),
    number("default_variations", "Takes", generation.default_variations, 1, 8),
    h("label", { class: "field" }, h("span", {}, "Drum map"),
      h("select", { name: "map" }, mapChoices(maps, generation.map)))),
  h("label", { class: "field" }, h("span", {}, "MIDI libraries, one folder a line"),
    h("textarea", { name: "folders", rows: 2, spellcheck: "false", placeholder: "~/Music/MIDI" },
      (sources.local_midi?.folders ?? []).join("\n"))),
  h("label", { class: "check" }, h("input", { type: "checkbox", name: "online", checked: settings.research.online }),
    "Research may ask the internet"),
  says,
  h("div", { class: "row" }, h("button", { class: "primary", id: "settings-save" }, "Save")),
  h("p", { class: "note" }, `All settings are in ${path}`));
  return form;
}

function text(name, title, value, placeholder, note) {
  return h("label", { class: "field" }, h("span", {}, title),
    h("input", { name, value, placeholder, maxlength: 500, spellcheck: "false", autocomplete: "off" }),
    h("span", { class: "note" }, note));
}

const number = (name, title, value, min, max) =>
  h("label", { class: "field" }, h("span", {}, title), h("input", { type: "number", name, value, min, max, required: true }));

function mapChoices(maps, chosen) {
  const known = maps.some(({ name }) => name === chosen) ? maps : [...maps, { name: chosen, title: chosen }];
  return known.map(({ name, title }) => h("option", { value: name, selected: name === chosen }, title));
}

async function save(form, says) {
  const field = (name) => form.elements[name].value.trim();
  const folders = field("folders").split("\n").map((line) => line.trim()).filter(Boolean);
  try {
    await call("PUT", "/settings", {
      settings: {
        contact: field("contact"),
        generation: {
          output_dir: field("output_dir"), map: field("map"),
          default_bars: Number(field("default_bars")), default_variations: Number(field("default_variations")),
        },
        research: { online: form.elements.online.checked },
        sources: { local_midi: { folders } },
      },
    });
    put(says);
    toast("Saved");
  } catch (error) {
    put(says, problemBox(error.message, error.hint));
  }
}
