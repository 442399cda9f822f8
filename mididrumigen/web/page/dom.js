// Elements made of data. Text stays text: nothing here takes markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element.
 * @param {string} tag
 * @param {object} [attributes] `onclick` and the like are listeners, `class` and others attributes;
 *   true is an empty one, null, undefined and false are left out
 * @param {...(Node|string|number|null|undefined|false|Array)} children
 */
export const h = (tag, attributes, ...children) =>
  filled(document.createElement(tag), attributes, children);

/** The same of SVG. */
export const svg = (tag, attributes, ...children) =>
  filled(document.createElementNS(SVG, tag), attributes, children);

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter(isShown).map(asNode));
  return element;
}

const isShown = (child) => child !== null && child !== undefined && child !== false;
const asNode = (child) => (child instanceof Node ? child : String(child));

/** Put other children into an element. */
export function put(element, ...children) {
  element.replaceChildren(...children.flat(3).filter(isShown).map(asNode));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Tell those who do not see the page. */
export function announce(text) {
  const place = byId("announcer");
  place.textContent = "";
  requestAnimationFrame(() => { place.textContent = text; });
}

/** A short-lived message at the edge of the page. */
export function toast(text, kind = "") {
  const box = h("div", { class: `toast ${kind}` }, text);
  byId("toasts").append(box);
  announce(text);
  setTimeout(() => box.remove(), kind === "bad" ? 9000 : 5000);
}

/** A lasting message with what to do about it. */
export const problemBox = (message, hint, ...more) =>
  h("div", { class: "problem", role: "alert" },
    h("p", { class: "problem-title" }, message), hint && h("p", {}, hint), more);

/** A file for the user to keep. */
export function download(url, name) {
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}

/** The same of bytes that the page made. */
export function downloadBlob(blob, name) {
  const url = URL.createObjectURL(blob);
  download(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** What is remembered in this browser; a private window may remember nothing. */
export const memory = {
  get(key, fallback) {
    try {
      const text = localStorage.getItem(key);
      return text === null ? fallback : JSON.parse(text);
    } catch {
      return fallback;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // it works for this visit
    }
  },
};
