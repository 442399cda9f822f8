// The settings: shown, and where the file is.

import { h } from "./dom.js";

/** The settings that are in force. */
export function settingsForm({ path, settings }) {
  return [
    h("dl", { class: "facts-list" },
      h("dt", {}, "Files go to"), h("dd", {}, settings.generation.output_dir || "MidiDrumiGen in your music folder"),
      h("dt", {}, "Contact"), h("dd", {}, settings.contact || "none"),
      h("dt", {}, "Settings file"), h("dd", {}, path)),
    h("p", { class: "note" }, "Change them in the settings file, then start MidiDrumiGen again."),
  ];
}
