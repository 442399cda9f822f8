// The js object of a patch: a sandbox with what Max offers there and nothing else, and the two ways of
// asking for something over HTTP. Mixed into Patch.
'use strict';

const http = require('node:http');
const vm = require('node:vm');

module.exports = {
  guarded(run) {
    try {
      run();
    } catch (error) {
      this.seen.errors.push(`js: ${error.stack}`);
    }
    this.listeners.slice().forEach((listener) => listener());
  },

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
  },

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
  },

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
  },

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
  },
};
