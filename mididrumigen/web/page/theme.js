// Dark, light, or as the system has it.

import { byId, memory } from "./dom.js";
import { tell } from "./state.js";

const THEMES = ["auto", "dark", "light"];

/** Begin with what was chosen last. */
export function beginTheme() {
  const button = byId("theme");
  let theme = memory.get("theme", "auto");
  const show = () => {
    if (theme === "auto") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset.theme = theme;
    button.textContent = `Theme: ${theme}`;
    tell("theme");
  };
  button.addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    memory.set("theme", theme);
    show();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  show();
}
