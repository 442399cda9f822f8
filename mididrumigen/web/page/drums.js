// The drum table as the page needs it: which voice a note is, its lane, its family.
// The same as mididrumigen/drums.py; a test holds the two against each other.

/** Voice -> [General MIDI note, family, name in words], in the order of the lanes from the top. */
export const VOICES = {
  crash: [49, "crash", "crash"],
  china: [52, "crash", "china"],
  splash: [55, "crash", "splash"],
  ride_bell: [53, "ride", "ride bell"],
  ride: [51, "ride", "ride"],
  hat_open: [46, "hat", "open hi-hat"],
  hat_closed: [42, "hat", "closed hi-hat"],
  tom_high: [50, "tom", "high tom"],
  tom_high_mid: [48, "tom", "high-mid tom"],
  tom_low_mid: [47, "tom", "low-mid tom"],
  tom_low: [45, "tom", "low tom"],
  tom_floor_high: [43, "tom", "high floor tom"],
  tom_floor_low: [41, "tom", "low floor tom"],
  clap: [39, "snare", "clap"],
  sidestick: [37, "snare", "cross-stick"],
  snare: [38, "snare", "snare"],
  kick: [36, "kick", "kick"],
  hat_pedal: [44, "hat", "pedal hi-hat"],
  tambourine: [54, "percussion", "tambourine"],
  cowbell: [56, "percussion", "cowbell"],
  vibraslap: [58, "percussion", "vibraslap"],
  bongo_high: [60, "percussion", "high bongo"],
  bongo_low: [61, "percussion", "low bongo"],
  conga_mute: [62, "percussion", "muted conga"],
  conga_open: [63, "percussion", "open conga"],
  conga_low: [64, "percussion", "low conga"],
  timbale_high: [65, "percussion", "high timbale"],
  timbale_low: [66, "percussion", "low timbale"],
  agogo_high: [67, "percussion", "high agogo"],
  agogo_low: [68, "percussion", "low agogo"],
  cabasa: [69, "percussion", "cabasa"],
  maracas: [70, "percussion", "maracas"],
  whistle_short: [71, "percussion", "short whistle"],
  whistle_long: [72, "percussion", "long whistle"],
  guiro_short: [73, "percussion", "short guiro"],
  guiro_long: [74, "percussion", "long guiro"],
  claves: [75, "percussion", "claves"],
  woodblock_high: [76, "percussion", "high woodblock"],
  woodblock_low: [77, "percussion", "low woodblock"],
  cuica_mute: [78, "percussion", "muted cuica"],
  cuica_open: [79, "percussion", "open cuica"],
  triangle_mute: [80, "percussion", "muted triangle"],
  triangle_open: [81, "percussion", "open triangle"],
};

export const FAMILY_TITLES = {
  kick: "kick", snare: "snare", hat: "hi-hat", ride: "ride", crash: "crash", tom: "toms",
  percussion: "percussion",
};

const BY_NOTE = new Map(Object.entries(VOICES).map(([voice, [note]]) => [note, voice]));
for (const [note, voice] of [[35, "kick"], [40, "snare"], [59, "ride"], [57, "crash"]]) {
  BY_NOTE.set(note, voice); // General MIDI has two samples of these
}

/** The voice of a note on a generation's map (`voices` of the API), else on General MIDI's; what
 * has no name there is a woodblock. */
export const voiceOf = (note, voices) => voices?.[note] ?? BY_NOTE.get(note) ?? "woodblock_low";
export const familyOf = (voice) => VOICES[voice][1];
export const titleOf = (voice) => VOICES[voice][2];

/** The note of a voice on a generation's map, else on General MIDI's. */
export function noteOf(voice, voices = {}) {
  const [note] = Object.entries(voices).find(([, one]) => one === voice) ?? [VOICES[voice][0]];
  return Number(note);
}

/** The voices that some strokes use, from the top lane to the lowest. */
export function lanesOf(strokes) {
  const used = new Set(strokes.map(({ voice }) => voice));
  return Object.keys(VOICES).filter((voice) => used.has(voice));
}
