// Finding out more about the artist that is shown: the sources are asked, and the style is played anew.

import { Ambiguous, call, follow, part, post, sentence } from "./api.js";
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

async function begin(artist, urls, form, says, id = idOf(artist)) {
  const button = form.querySelector("#research");
  const again = (choice) => begin(artist, urls, form, says, choice);
  button.disabled = true;
  try {
    const { task_id: task } = await post("/research", { ...whom(artist, id), urls, depth: "full" });
    const bar = h("progress", { max: 1, value: 0, "aria-label": "Research" });
    const line = h("p", { class: "note" }, "Asking …");
    put(says, h("div", { class: "working" }, bar,
      h("button", { type: "button", class: "quiet", onclick: () => stop(task) }, "Stop")), line);
    const learnt = await follow(task, ({ message, progress }) => {
      bar.value = progress;
      if (message) line.textContent = `${sentence(message)} …`;
    });
    tell("taught");
    tellOf(learnt);
    // Who went on to somebody else meanwhile is left alone.
    if (state.result?.artist === artist) ask(whom(learnt.artist, id));
  } catch (error) {
    button.disabled = false;
    if (error instanceof Ambiguous) put(says, which(error.choices, again));
    else if (error.code === "cancelled") {
      put(says, h("p", { class: "note" }, "Stopped; what was found is kept."));
      tell("taught");
    } else {
      // Several of the name are known from now on, and can be chosen.
      put(says, problemBox(error.message, error.hint, /several artists/i.test(error.message)
        && h("button", { type: "button", onclick: () => again(null) }, "Choose")));
    }
  }
}

const stop = (task) => call("DELETE", `/task/${part(task)}?unless_shared=1`).catch((error) => toast(error.message, "bad"));

const which = (choices, again) => h("div", { class: "which" }, h("p", {}, "Which one?"), choices.map((choice) =>
  h("button", { type: "button", class: "choice", onclick: () => again(choice.artist_id) },
    choice.name, h("span", { class: "note" }, choice.disambiguation))));

const whom = (artist, id) => (id ? { artist_id: id } : { artist });

/** The id of the artist who is shown, where the name alone does not say which. */
const idOf = (artist) => (state.result?.artist === artist ? state.asked?.body.artist_id ?? null : null);

function tellOf({ changes, notices, sources }) {
  const gave = Object.values(sources).filter(({ found }) => found).length;
  const words = changes.slice(0, MOST_CHANGES).map(({ trait, after }) => `${traitTitle(trait)} ${valueWords(trait, after, unitOf(trait))}`);
  const said = `${gave} sources gave something. ${words.length ? `New: ${words.join(", ")}.` : "Nothing new."}`;
  toast(said);
  announce(said);
  for (const notice of notices.slice(0, 1)) toast(sentence(notice));
}
