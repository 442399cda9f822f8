// Finding out more about the artist that is shown: the sources are asked, and the style is played anew.

import { call, follow, part, post, sentence } from "./api.js";
import { ask } from "./ask.js";
import { announce, h, problemBox, put, toast } from "./dom.js";
import { state, tell } from "./state.js";
import { traitTitle, unitOf, valueWords } from "./traits.js";

const MOST_CHANGES = 5;

/** A form that researches an artist. @param {boolean} isKnown whether there is a profile to add to */
export function researchForm(artist, isKnown) {
  const says = h("div", { class: "research-says" });
  const field = h("textarea", { rows: 2, spellcheck: "false", "aria-label": "Addresses of articles", placeholder: "www.example.org/interview" });
  const form = h("form", {
    class: "research",
    onsubmit: (event) => {
      event.preventDefault();
      begin(artist, field.value.split(/\s+/).filter(Boolean), form, says);
    },
  },
  h("div", { class: "row" },
    h("button", { id: "research" }, isKnown ? "Find out more" : "Find out about this artist"),
    h("details", {}, h("summary", {}, "with articles I know"), h("label", { class: "field" }, h("span", {}, "Addresses, one a line"), field))),
  says);
  return form;
}

async function begin(artist, urls, form, says) {
  const button = form.querySelector("#research");
  button.disabled = true;
  try {
    const { task_id: id } = await post("/research", { artist, urls, depth: "full", ...idOf() });
    const bar = h("progress", { max: 1, value: 0, "aria-label": "Research" });
    const line = h("p", { class: "note" }, "Asking …");
    put(says, h("div", { class: "working" }, bar,
      h("button", { type: "button", class: "quiet", onclick: () => call("DELETE", `/task/${part(id)}`) }, "Stop")), line);
    const learnt = await follow(id, ({ message, progress }) => {
      bar.value = progress;
      if (message) line.textContent = `${sentence(message)} …`;
    });
    tell("taught");
    tellOf(learnt);
    ask({ artist: learnt.artist, ...idOf() });
  } catch (error) {
    button.disabled = false;
    if (error.code === "cancelled") {
      put(says, h("p", { class: "note" }, "Stopped; what was found is kept."));
      tell("taught");
    } else put(says, problemBox(error.message, error.hint));
  }
}

/** The artist who is shown, where the name alone does not say which. */
function idOf() {
  const id = state.asked?.body.artist_id;
  return id ? { artist_id: id, artist: undefined } : {};
}

function tellOf({ changes, notices, sources }) {
  const gave = Object.values(sources).filter(({ found }) => found).length;
  const words = changes.slice(0, MOST_CHANGES).map(({ trait, after }) => `${traitTitle(trait)} ${valueWords(trait, after, unitOf(trait))}`);
  const said = `${gave} sources gave something. ${words.length ? `New: ${words.join(", ")}.` : "Nothing new."}`;
  toast(said);
  announce(said);
  for (const notice of notices.slice(0, 1)) toast(sentence(notice));
}
