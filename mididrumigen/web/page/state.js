// What the page is about now, and who wants to know when that changes.

const listeners = new Map();

export const state = {
  /** The generation that is shown, as the API answers it, and which of its takes (from 1). */
  result: null,
  take: 1,
  /** What was asked last: path and body. */
  asked: null,
  /** Whether two artists were blended: the result has the names of both, and no profile. */
  isBlend: false,
  /** The profile of its artist; null until it is there. */
  profile: null,
  /** Drummer of a band who was chosen; "" for the usual one. */
  player: "",
  /** Voices and bars (from 1) that stay when the rest is played anew. */
  lockedVoices: new Set(),
  lockedBars: new Set(),
};

/** Call `then` whenever something of this name happens. */
export function on(name, then) {
  if (!listeners.has(name)) listeners.set(name, []);
  listeners.get(name).push(then);
}

/** Say that something happened: "result", "take", "profile", "locks", "kept". */
export function tell(name, detail) {
  for (const then of listeners.get(name) ?? []) then(detail);
}

/** The clip that is shown. */
export const clip = () => state.result?.clips[state.take - 1];
