// The one player of the page.

import { Player } from "./player.js";
import { memory } from "./dom.js";

export const player = new Player();
player.volume = memory.get("volume", 0.8);
