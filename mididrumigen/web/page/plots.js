// Plots that a musician reads, as SVG: steps, late and early, swing, tempo, loudness.
// Conventions: each has its numbers in words for those who do not see it; colours come from CSS.

import { h, svg } from "./dom.js";
import { familyOf, titleOf } from "./drums.js";

const WIDTH = 420;
const ROW = 22;
const LABEL = 96;

const figure = (title, says, drawing) =>
  h("figure", { class: "plot" }, h("figcaption", {}, title),
    drawing(svg("svg", { role: "img", "aria-label": `${title}: ${says}` })));

function sized(root, height) {
  root.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
  return root;
}

const text = (x, y, words, attributes = {}) => svg("text", { x, y, ...attributes }, words);
const percent = (share) => `${Math.round(share * 100)} %`;

/** Which voice is struck on which step: the darker, the more often and the louder. */
export function stepPlot({ metre, steps, rows }) {
  const says = rows.map(({ voice, cells }) =>
    `${titleOf(voice)} on step ${cells.map((share, i) => (share > 0.15 ? i + 1 : 0)).filter(Boolean).join(", ") || "none often"}`).join("; ");
  return figure(`Where the strokes fall, one bar of ${metre}`, says, (root) => {
    const w = (WIDTH - LABEL) / steps;
    const beats = Number(metre.split("/")[0]);
    rows.forEach(({ voice, cells }, row) => {
      root.append(text(0, row * ROW + 15, titleOf(voice)));
      cells.forEach((share, i) => {
        root.append(svg("rect", {
          x: LABEL + i * w + 1, y: row * ROW + 2, width: w - 2, height: ROW - 4, rx: 2, class: "cell",
        }));
        if (share > 0.005) {
          root.append(svg("rect", {
            x: LABEL + i * w + 1, y: row * ROW + 2, width: w - 2, height: ROW - 4, rx: 2,
            class: `fill-${familyOf(voice)}`, "fill-opacity": (0.15 + 0.85 * share).toFixed(2),
          }, svg("title", {}, `${titleOf(voice)}, step ${i + 1}: ${percent(share)}`)));
        }
      });
    });
    const height = rows.length * ROW;
    for (let beat = 0; beat < beats; beat += 1) {
      const x = LABEL + (beat * steps * w) / beats;
      root.append(svg("line", { x1: x, x2: x, y1: 0, y2: height, class: "axis" }),
        text(x + 3, height + 14, beat + 1, { class: "small" }));
    }
    return sized(root, height + 18);
  });
}

/** Which voice is early, which late. */
export function pushPlot(rows) {
  const most = Math.max(20, ...rows.map(([, ms]) => Math.abs(ms)));
  const says = rows.map(([title, ms]) => `${title} ${Math.abs(Math.round(ms))} ms ${ms < 0 ? "early" : "late"}`).join(", ");
  return figure("Early and late, in ms", says, (root) => {
    const room = (WIDTH - LABEL) / 2 - 44;
    const middle = LABEL + (WIDTH - LABEL) / 2;
    rows.forEach(([title, ms], row) => {
      const long = (Math.abs(ms) / most) * room;
      const y = row * ROW;
      root.append(text(0, y + 15, title), svg("rect", {
        x: ms < 0 ? middle - long : middle, y: y + 4, width: Math.max(1.5, long), height: ROW - 8, rx: 2, class: "bar",
      }), text(ms < 0 ? middle - long - 4 : middle + long + 4, y + 15, `${ms > 0 ? "+" : ""}${Math.round(ms * 10) / 10}`,
        { class: "number", "text-anchor": ms < 0 ? "end" : "start" }));
    });
    const height = rows.length * ROW;
    root.append(svg("line", { x1: middle, x2: middle, y1: 0, y2: height, class: "axis" }),
      text(middle - 6, height + 14, "early", { class: "small", "text-anchor": "end" }),
      text(middle + 6, height + 14, "late", { class: "small" }));
    return sized(root, height + 18);
  });
}

/** How far each voice swings: straight to triplet and beyond. */
export function swingPlot(title, rows) {
  const x = (value) => LABEL + ((Math.min(78, Math.max(45, value)) - 45) / 33) * (WIDTH - LABEL - 50);
  return figure(title, rows.map(([name, value]) => `${name} ${Math.round(value)} %`).join(", "), (root) => {
    const height = rows.length * ROW;
    for (const [value, words] of [[50, "straight"], [66.7, "triplet"]]) {
      root.append(svg("line", { x1: x(value), x2: x(value), y1: 0, y2: height, class: "axis" }),
        text(x(value), height + 14, words, { class: "small", "text-anchor": "middle" }));
    }
    rows.forEach(([name, value], row) => {
      const y = row * ROW + ROW / 2;
      root.append(text(0, y + 4, name),
        svg("line", { x1: x(50), x2: x(value), y1: y, y2: y, class: "stem" }),
        svg("circle", { cx: x(value), cy: y, r: 5, class: "dot" }),
        text(x(value) + 10, y + 4, `${Math.round(value * 10) / 10} %`, { class: "number" }));
    });
    return sized(root, height + 18);
  });
}

/** The range of tempos and the usual one. */
export function tempoPlot({ tempo_min: low, tempo_max: high, tempo_avg: usual }) {
  const x = (bpm) => 14 + ((Math.min(220, Math.max(40, bpm)) - 40) / 180) * (WIDTH - 28);
  return figure("Tempo, BPM", `${low} to ${high}, usually ${usual}`, (root) => {
    root.append(svg("line", { x1: x(40), x2: x(220), y1: 20, y2: 20, class: "axis" }),
      svg("line", { x1: x(low), x2: x(high), y1: 20, y2: 20, class: "range" }),
      svg("circle", { cx: x(usual), cy: 20, r: 7, class: "dot" }),
      text(x(usual), 9, Math.round(usual), { class: "number", "text-anchor": "middle" }));
    for (const bpm of [40, 100, 160, 220]) {
      root.append(text(x(bpm), 40, bpm, { class: "small", "text-anchor": "middle" }));
    }
    return sized(root, 44);
  });
}

/** How often each loudness is struck, from soft to loud. */
export function loudnessPlot(counts) {
  const most = Math.max(...counts);
  const w = WIDTH / counts.length;
  const loudest = counts.indexOf(most);
  const says = `most strokes between ${Math.round((loudest * 127) / counts.length)} and ${Math.round(((loudest + 1) * 127) / counts.length)} of 127`;
  return figure("Loudness of the strokes, soft to loud", says, (root) => {
    counts.forEach((count, i) => {
      const tall = most ? (count / most) * 60 : 0;
      root.append(svg("rect", { x: i * w + 1, y: 62 - tall, width: w - 2, height: tall + 1, class: "bar" }));
    });
    root.append(text(0, 78, "soft", { class: "small" }), text(WIDTH, 78, "loud", { class: "small", "text-anchor": "end" }));
    return sized(root, 82);
  });
}
