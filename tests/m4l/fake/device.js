// The device as a process that a test speaks with: one JSON a line in, one JSON a line out. The first line
// says what device, in what set, in what world.
'use strict';

const readline = require('node:readline');
const {LiveSet} = require('./live.js');
const {Patch} = require('./max.js');

let set = null;
let patch = null;

const commands = {
  begin({patcher, script, live, world, saved}) {
    set = new LiveSet(live);
    patch = new Patch(patcher, script, set, world);
    patch.restore(saved || {});
    return null;
  },
  start() { patch.start(); },
  click({name}) { patch.click(name); },
  turn({name, value}) { patch.turn(name, value); },
  type({name, text, entered}) { patch.type(name, text, entered); },
  enable({value}) { patch.enable(value); },
  message({words}) { patch.toScript(0, words); },
  change({plan}) { Object.assign(set.plan, plan); },
  world({world}) { Object.assign(patch.world, world); },
  play({props}) { Object.assign(set.root.props, props); },
  select({track, slot}) { set.detailClip = set.root.lists.tracks[track].lists.clip_slots[slot].single.clip; },
  freeze({when}) { // the own track, as soon as something of this path is asked
    patch.onRequest = (path) => {
      if (path.includes(when)) {
        set.root.lists.tracks[0].props.is_frozen = 1;
      }
    };
  },
  idle({rounds}) { // until the timer has been set so many times more, or is not set at all for a while
    const until = patch.seen.delays.length + rounds;
    return new Promise((resolve) => {
      let quiet = 0;
      let last = -1;
      const timer = setInterval(() => {
        quiet = patch.seen.delays.length === last ? quiet + 1 : 0;
        last = patch.seen.delays.length;
        if (last >= until || quiet > 25) {
          clearInterval(timer);
          resolve();
        }
      }, 20);
    });
  },
  remove() { patch.remove(); },
  panel: () => patch.panel(),
  live: () => set.shown(),
  seen: () => patch.seen,
  saved: () => patch.saved(),
  wait({pattern, seconds, skip}) {
    // Until something that the status line said, after the first `skip` things, is like the pattern.
    const like = new RegExp(pattern);
    return new Promise((resolve) => {
      let timer = null;
      const look = () => {
        const found = patch.seen.status.slice(skip).find((text) => like.test(text));
        if (found !== undefined || timer === 'over') {
          clearTimeout(timer);
          patch.listeners = patch.listeners.filter((listener) => listener !== look);
          resolve(found === undefined ? null : found);
        }
      };
      timer = setTimeout(() => {
        timer = 'over';
        look();
      }, seconds * 1000);
      patch.listeners.push(look);
      look();
    });
  },
};

async function main() {
  for await (const line of readline.createInterface({input: process.stdin})) {
    const {op, ...args} = JSON.parse(line);
    let answer = {};
    try {
      answer = {value: (await commands[op](args)) ?? null};
    } catch (error) {
      answer = {error: error.stack};
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  process.exit(0);
}

main();
