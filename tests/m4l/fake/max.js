// A patch at work: messages go along the cords of the device's own patch, box by box, and its script runs
// in a sandbox with what the js object of Max offers and nothing else. An object that is not known here
// ends the test.
'use strict';

const vm = require('node:vm');
const script = require('./script.js');

class Patch {
  constructor(patcher, script, set, world) {
    this.set = set;
    this.world = {xhr: 'ok', maxurl: 'ok', clock: 1, ports: {}, ...world};
    this.boxes = new Map();
    this.named = new Map();
    this.seen = {posts: [], errors: [], delays: [], opened: [], requests: [], status: []};
    this.listeners = [];
    this.dicts = new Map();
    for (const {box} of patcher.boxes) {
      const about = (box.saved_attribute_attributes || {}).valueof || {};
      const [value] = about.parameter_initial || [0];
      const one = {box, about, out: new Map(), hidden: box.hidden || 0, active: box.active ?? 1, value,
        text: box.text || '', words: atomsOf(box.text || '')};
      if (box.maxclass === 'textedit' && box.parameter_enable) {
        one.text = String(value || '');
      }
      this.boxes.set(box.id, one);
      if (box.varname) {
        this.named.set(box.varname, one);
      }
    }
    for (const {patchline} of patcher.lines) {
      const [id, outlet] = patchline.source;
      const {out} = this.boxes.get(id);
      out.set(outlet, [...(out.get(outlet) || []), patchline.destination]);
    }
    this.js = [...this.boxes.values()].find((one) => one.words[0] === 'js');
    this.maxurl = [...this.boxes.values()].find((one) => one.words[0] === 'maxurl');
    this.device = [...this.boxes.values()].find((one) => one.words[0] === 'live.thisdevice');
    this.sandbox = this.makeSandbox();
    vm.runInContext(script, this.sandbox, {filename: this.js.words[1]});
  }

  // --- what a person and Live do

  start() {
    this.set.isReady = true;
    this.send(this.device, 0, ['bang']);
  }

  enable(value) { this.send(this.device, 1, [value]); }

  click(name) {
    const one = this.named.get(name);
    if (!one.active || one.hidden) {
      throw new Error(`${name} cannot be clicked now; said: ${JSON.stringify(this.seen.status)}`);
    }
    this.send(one, 0, ['bang']);
  }

  turn(name, value) { this.receive(this.named.get(name), 0, [value]); }

  type(name, text, entered) {
    const one = this.named.get(name);
    one.text = text;
    if (entered) {
      this.receive(one, 0, ['bang']);
    }
  }

  saved() {
    // What a set keeps: the value of every parameter that is not hidden.
    const kept = {};
    for (const {about, box, value, text} of this.boxes.values()) {
      if (box.parameter_enable && about.parameter_invisible !== 2) {
        kept[about.parameter_longname] = box.maxclass === 'textedit' ? text : value;
      }
    }
    return kept;
  }

  restore(kept) {
    for (const one of this.boxes.values()) {
      const value = kept[one.about.parameter_longname];
      if (value !== undefined && one.box.parameter_enable) {
        one[one.box.maxclass === 'textedit' ? 'text' : 'value'] = value;
      }
    }
  }

  panel() {
    const shown = {};
    for (const [name, {hidden, active, value, text}] of this.named) {
      shown[name] = {hidden, active, value, text};
    }
    return shown;
  }

  remove() {
    if (this.sandbox.notifydeleted) {
      this.sandbox.notifydeleted();
    }
  }

  // --- cords

  send(one, outlet, message) {
    // Max goes from right to left; here cords lie in the order in which they were drawn.
    for (const [id, inlet] of one.out.get(outlet) || []) {
      this.receive(this.boxes.get(id), inlet, message);
    }
  }

  receive(one, inlet, message) {
    const {maxclass} = one.box;
    if (maxclass === 'newobj') {
      this.object(one, inlet, message);
    } else if (maxclass === 'message') {
      this.messageBox(one, message);
    } else if (maxclass === 'textedit') {
      this.textedit(one, message);
    } else if (maxclass === 'live.comment') {
      one.text = wordsOf(message, 'set');
    } else if (maxclass.startsWith('live.')) {
      this.control(one, message);
    } else {
      throw new Error(`no object ${maxclass}`);
    }
    this.changed(one);
  }

  object(one, inlet, message) {
    const [name, ...args] = one.words;
    if (name === 'prepend') {
      this.send(one, 0, [...args, ...message]);
    } else if (name === '==') {
      this.send(one, 0, [message[0] === args[0] ? 1 : 0]);
    } else if (name === 't') {
      for (let outlet = args.length - 1; outlet >= 0; outlet -= 1) {
        this.send(one, outlet, ['bang']);
      }
    } else if (name === 'route') {
      const at = args.indexOf(message[0]);
      const rest = message.slice(1);
      this.send(one, at < 0 ? args.length : at, at < 0 ? message : rest.length ? rest : ['bang']);
    } else if (name === 'js') {
      this.toScript(inlet, message);
    } else if (name === 'maxurl') {
      this.toMaxurl(message);
    } else {
      throw new Error(`no object ${name}`);
    }
  }

  messageBox(one, message) {
    const words = one.words.map((word) => (word === '$1' ? message[0] : word));
    if (words[0] === ';') {
      this.seen.opened.push(words.slice(1));
    } else {
      this.send(one, 0, words);
    }
  }

  textedit(one, message) {
    if (message[0] === 'bang') {
      // Digits become a number on their way; an empty field sends the word text alone.
      const value = /^\d+$/.test(one.text) ? Number(one.text) : one.text;
      this.send(one, 0, one.text === '' ? ['text'] : ['text', value]);
    } else {
      one.text = wordsOf(message, 'set');
    }
  }

  control(one, message) {
    if (message[0] === 'active') {
      one.active = message[1];
    } else if (message[0] === 'outputvalue') {
      this.send(one, 0, [one.value]);
    } else if (message[0] === 'set' || typeof message[0] === 'number') {
      const {parameter_mmin: low = 0, parameter_mmax: high = 127} = one.about;
      const value = Number(message.at(-1));
      one.value = Math.min(high, Math.max(low, one.about.parameter_type ? Math.round(value) : value));
      if (message[0] !== 'set') {
        this.send(one, 0, [one.value]);
      }
    } else {
      throw new Error(`${one.box.maxclass} does not know ${message[0]}`);
    }
  }

  changed(one) {
    if (one.box.varname === 'status' && this.seen.status.at(-1) !== one.text) {
      this.seen.status.push(one.text);
    }
    this.listeners.slice().forEach((listener) => listener());
  }

  // --- the js object

  toScript(inlet, message) {
    const [name, ...args] = typeof message[0] === 'number' ? ['msg_int', ...message] : message;
    const known = typeof this.sandbox[name] === 'function';
    this.sandbox.inlet = inlet;
    this.sandbox.messagename = name;
    const run = this.sandbox[known ? name : 'anything'];
    if (typeof run !== 'function') {
      this.seen.errors.push(`js: no function ${name}`);
      return;
    }
    try {
      run(...args);
    } catch (error) {
      this.seen.errors.push(`js: ${error.stack}`);
    }
  }
}

Object.assign(Patch.prototype, script);

function atomsOf(text) {
  return text.split(/\s+/).filter((word) => word !== '')
    .map((word) => (/^-?\d+(\.\d+)?$/.test(word) ? Number(word) : word));
}

function wordsOf(message, selector) {
  if (message[0] !== selector) {
    throw new Error(`${message[0]} is not understood where ${selector} is`);
  }
  return message.slice(1).join(' ');
}

module.exports = {Patch};
