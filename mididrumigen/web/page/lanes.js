// The heads of the lanes: name of the voice, mute, solo, and whether it stays.

import { familyOf, titleOf } from "./drums.js";
import { h, put } from "./dom.js";
import { player } from "./sound.js";
import { state, tell } from "./state.js";

/** Fill a list with the heads of some voices. */
export function showLanes(place, voices) {
  const toggle = (text, name, isOn, flip, title) => {
    const button = h("button", {
      type: "button", class: `mini ${name}`, "aria-pressed": String(isOn()), "aria-label": title, title,
      onclick: () => {
        flip();
        button.setAttribute("aria-pressed", String(isOn()));
      },
    }, text);
    return button;
  };
  const flipIn = (set, voice) => (set.has(voice) ? set.delete(voice) : set.add(voice));
  put(place, voices.map((voice) => {
    const title = titleOf(voice);
    return h("li", { class: `lane family-${familyOf(voice)}` },
      h("button", {
        type: "button", class: "lane-name", title: `Hear the ${title}`,
        onclick: async () => {
          await player.wake();
          player.kit.play(voice, 110, player.context.currentTime + 0.01);
        },
      }, title),
      toggle("M", "mute", () => player.muted.has(voice), () => {
        flipIn(player.muted, voice);
        heard();
      }, `Mute ${title}`),
      toggle("S", "solo", () => player.soloed.has(voice), () => {
        flipIn(player.soloed, voice);
        heard();
      }, `Solo ${title}`),
      toggle(h("span", { class: "lock-icon" }), "lock", () => state.lockedVoices.has(voice), () => {
        flipIn(state.lockedVoices, voice);
        tell("locks");
      }, `Keep the ${title} when playing anew`));
  }));
}

function heard() {
  player.applyMutes();
  tell("heard");
}
