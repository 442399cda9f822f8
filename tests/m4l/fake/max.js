// A patch at work: messages go along the cords of the device's own patch, box by box, and its script runs
// in a sandbox with what the js object of Max offers and nothing else. An object that is not known here
// ends the test.
'use strict';

const http = require('node:http');
const vm = require('node:vm');

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

  guarded(run) {
    try {
      run();
    } catch (error) {
      this.seen.errors.push(`js: ${error.stack}`);
    }
    this.listeners.slice().forEach((listener) => listener());
  }

  makeSandbox() {
    const patch = this;
    const sandbox = {
      jsarguments: [this.js.words[1]],
      inlet: 0,
      messagename: '',
      patcher: {getnamed: (name) => patch.named.get(name) || null},
      post: (...words) => patch.seen.posts.push(words.join(' ').trim()),
      error: (...words) => patch.seen.errors.push(words.join(' ').trim()),
      outlet(number, ...values) {
        if (values.some((value) => !['string', 'number'].includes(typeof value) || Number.isNaN(value))) {
          patch.seen.errors.push(`outlet ${number}: ${JSON.stringify(values)}`);
        }
        patch.send(patch.js, number, values);
      },
      LiveAPI: this.set.api(),
      Task: class Task {
        constructor(run) { this.run = run; }

        schedule(ms) {
          patch.seen.delays.push(ms);
          this.timer = setTimeout(() => patch.guarded(this.run), ms * patch.world.clock);
        }

        cancel() { clearTimeout(this.timer); }
      },
      Dict: class Dict {
        constructor(name) {
          this.name = name;
          if (!patch.dicts.has(name)) {
            patch.dicts.set(name, {});
          }
        }

        parse(text) { patch.dicts.set(this.name, JSON.parse(text)); }

        get(key) { return patch.dicts.get(this.name)[key] ?? null; }

        clear() { patch.dicts.delete(this.name); }
      },
    };
    if (this.world.xhr !== 'missing') {
      sandbox.XMLHttpRequest = this.makeXhr();
    }
    return vm.createContext(sandbox);
  }

  makeXhr() {
    const patch = this;
    return class XMLHttpRequest {
      constructor() {
        this.readyState = 0;
        this.status = 0;
        this.responseText = '';
        this.headers = {};
      }

      open(method, url) {
        if (patch.world.xhr === 'throws') {
          throw new Error('XMLHttpRequest is not allowed here');
        }
        this.method = method;
        this.url = url;
        this.state(1);
      }

      setRequestHeader(name, value) { this.headers[name] = value; }

      state(number) {
        this.readyState = number;
        if (this.onreadystatechange) {
          patch.guarded(() => this.onreadystatechange());
        }
      }

      send(body) {
        if (patch.world.xhr === 'silent') {
          return;
        }
        patch.exchange('xhr', this.method, this.url, this.headers, body, (status, text) => {
          this.status = status;
          this.state(2);
          this.responseText = text;
          this.state(3);
          this.state(4);
        });
      }
    };
  }

  toMaxurl(message) {
    const ask = this.dicts.get(message[1]);
    if (this.world.maxurl !== 'ok') {
      return;
    }
    const headers = Object.fromEntries((ask.headers || []).map((line) => line.split(': ')));
    const method = ask.http_method.toUpperCase();
    this.exchange('maxurl', method, ask.url, headers, ask.post_data, (status, text) => {
      this.dicts.set(ask.response_dict, {status, body: text});
      this.guarded(() => this.send(this.maxurl, 0, ['dictionary', ask.response_dict]));
    });
  }

  exchange(means, method, address, headers, body, done) {
    // One request; `ports` says which port of this machine stands for the one that was meant.
    const url = new URL(address);
    const port = this.world.ports[url.port] ?? Number(url.port);
    this.seen.requests.push({means, method, port: Number(url.port), path: url.pathname + url.search,
      body: body === undefined ? null : body});
    if (this.onRequest) {
      this.onRequest(url.pathname);
    }
    let isOver = false;
    const end = (status, text) => {
      if (!isOver) {
        isOver = true;
        done(status, text);
      }
    };
    const options = {host: url.hostname, port, method, path: url.pathname + url.search, agent: false,
      headers: {...headers, ...(body === undefined ? {} : {'Content-Length': Buffer.byteLength(body)})}};
    const request = http.request(options, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () => end(answer.statusCode, Buffer.concat(pieces).toString('utf8')));
      answer.on('error', () => end(0, ''));
    });
    request.on('error', () => end(0, ''));
    request.end(body);
  }
}

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
