// Keys of services: typed in, kept by the system, never shown again.

import { call, part } from "./api.js";
import { h, toast } from "./dom.js";

const PLACES = { keyring: "in the system’s keyring", file: "in a file that you alone may read", environment: "from the environment" };

/** Every key that can be set. @param {() => void} again shows them anew */
export function keyList(keys, again) {
  return [
    h("p", { class: "note" }, "None of them is needed. A key is sent to its own service, or to the address that you set for it, and to nobody else."),
    h("ul", { class: "states" }, keys.map((key) => line(key, again))),
  ];
}

function line({ name, title, brings, get_at: at, place, end }, again) {
  const field = h("input", {
    type: "password", autocomplete: "off", spellcheck: "false", maxlength: 1000, "aria-label": `Key of ${title}`,
    placeholder: place ? "Another key" : "Paste the key",
  });
  const form = h("form", {
    class: "row key-form",
    onsubmit: async (event) => {
      event.preventDefault();
      if (!field.value.trim()) return field.focus();
      if (await done(() => call("PUT", `/keys/${part(name)}`, { key: field.value }), `The key of ${title} is kept`)) again();
    },
  }, field, h("button", {}, "Keep"));
  return h("li", {},
    h("span", {}, title), h("span", { class: `state is-${place ? "on" : "off"}` }, place ? `set${end && `, ends in ${end}`}` : "not set"),
    h("span", { class: "note" }, sentenceOf(place, brings), " ",
      h("a", { href: at, target: "_blank", rel: "noopener noreferrer" }, "Get one")),
    h("details", { class: "note" }, h("summary", {}, place ? "Change or forget it" : "Enter it"), form,
      place && h("button", {
        type: "button", class: "quiet",
        onclick: async (event) => {
          event.target.disabled = true;
          try {
            const { works, message } = await call("POST", `/keys/${part(name)}/test`);
            toast(message, works ? "" : "bad");
          } catch (error) {
            toast(error.message, "bad");
          }
          event.target.disabled = false;
        },
      }, "Test it"),
      (place === "keyring" || place === "file") && h("button", {
        type: "button", class: "quiet",
        onclick: async () => {
          if (await done(() => call("DELETE", `/keys/${part(name)}`), `The key of ${title} is forgotten`)) again();
        },
      }, "Forget it")));
}

const sentenceOf = (place, brings) => `${place ? `It is ${PLACES[place]}. ` : ""}Brings ${brings}.`;

async function done(work, says) {
  try {
    await work();
    toast(says);
    return true;
  } catch (error) {
    toast([error.message, error.hint].filter(Boolean).join(". "), "bad");
    return false;
  }
}
