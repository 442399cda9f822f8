// The studio page: builds its parts and shows the one that the address names.

import { beginAsk } from "./ask.js";
import { beginDrop } from "./drop.js";
import { beginHistory } from "./history.js";
import { beginKeys } from "./keys.js";
import { beginSetup } from "./setup.js";
import { beginStyle } from "./style.js";
import { beginTake } from "./take.js";
import { beginTakeAway } from "./takeaway.js";
import { beginTheme } from "./theme.js";
import { byId } from "./dom.js";
import { tell } from "./state.js";

const SCREENS = ["studio", "history", "setup"];

function showScreen() {
  const wanted = location.hash.slice(1);
  const name = SCREENS.includes(wanted) ? wanted : "studio";
  for (const screen of SCREENS) byId(screen).hidden = screen !== name;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  tell("screen", name);
}

beginTheme();
beginTake();
beginTakeAway();
beginStyle();
beginHistory();
beginSetup();
beginDrop();
beginKeys();
beginAsk();
addEventListener("hashchange", showScreen);
showScreen();
