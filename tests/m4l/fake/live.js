// A Live set as a device sees it through LiveAPI, with what Live does not say aloud: get gives lists,
// paths come in quotes, a thing that is not there has id 0, a call that fails posts an error and gives
// nothing, an object made too early is dead for ever. Times are beats.
'use strict';

const {PALETTE, ...calls} = require('./calls.js');

class LiveSet {
  constructor(plan) {
    this.plan = {tempo: 120, metre: [4, 4], songTime: 0, version: 12, sceneLimit: 1000,
      throws: false, ...plan};
    this.errors = [];
    this.calls = [];
    this.ids = new Map();
    this.nextId = 1;
    this.isReady = false;
    this.root = this.song();
    this.detailClip = null;
  }

  song() {
    const plan = this.plan;
    const song = {type: 'Song', path: 'live_set', props: {tempo: plan.tempo,
      signature_numerator: plan.metre[0], signature_denominator: plan.metre[1],
      current_song_time: plan.songTime, is_playing: 0}, lists: {}};
    const scenes = Math.max(...plan.tracks.map((track) => (track.slots || []).length));
    song.lists.scenes = Array.from({length: scenes}, () => ({type: 'Scene', props: {}, lists: {}}));
    song.lists.tracks = plan.tracks.map((track) => this.track(song, track, scenes));
    song.lists.return_tracks = (plan.returns || []).map((name) => this.track(song, {name, kind: 'return'}, 0));
    song.single = {master_track: this.track(song, {name: 'Main', kind: 'main'}, 0)};
    const where = plan.device;
    const home = where.on === 'main' ? song.single.master_track
      : where.on === 'return' ? song.lists.return_tracks[0] : song.lists.tracks[where.on];
    let parent = home;
    for (let depth = 0; depth < (where.racks || 0); depth += 1) {
      const rack = {type: 'RackDevice', props: {}, lists: {}, parent};
      parent.lists.devices = [rack];
      parent = {type: 'Chain', props: {}, lists: {}, parent: rack};
      rack.lists.chains = [parent];
    }
    this.device = {type: 'MaxDevice', props: {}, lists: {}, parent};
    parent.lists.devices = [this.device];
    return song;
  }

  track(song, plan, scenes) {
    const kind = plan.kind || 'midi';
    const track = {type: 'Track', parent: song, props: {name: plan.name, is_frozen: plan.frozen ? 1 : 0,
      is_foldable: kind === 'group' ? 1 : 0, has_midi_input: kind === 'midi' ? 1 : 0}, lists: {}};
    const slots = Array.from({length: scenes}, (_, i) => this.slot(track, (plan.slots || [])[i]));
    track.lists.clip_slots = slots;
    track.lists.arrangement_clips = (plan.arrangement || []).map(([start, end]) =>
      this.clip(track, end - start, {start_time: start, end_time: end, name: 'theirs'}));
    return track;
  }

  slot(track, name) {
    const slot = {type: 'ClipSlot', parent: track, props: {}, lists: {}, single: {clip: null}};
    Object.defineProperty(slot.props, 'has_clip', {get: () => (slot.single.clip ? 1 : 0)});
    slot.props.is_group_slot = track.props.is_foldable;
    if (name) {
      slot.single.clip = this.clip(slot, 4, {name});
    }
    return slot;
  }

  clip(parent, length, more) {
    return {type: 'Clip', parent, notes: [], creates: 1, adds: 0, fired: 0, lists: {}, props: {name: '',
      color: PALETTE[14], looping: 1, loop_start: 0, loop_end: length, start_marker: 0,
      end_marker: length, signature_numerator: this.plan.metre[0], is_midi_clip: 1,
      signature_denominator: this.plan.metre[1], ...more}};
  }

  // --- paths

  walk(words) {
    let node = null;
    let rest = words.slice();
    const head = rest.shift();
    if (head === 'live_set') {
      node = this.root;
    } else if (head === 'this_device') {
      node = this.device;
    } else if (head === 'id') {
      node = this.ids.get(Number(rest.shift())) || null;
    }
    while (node && rest.length) {
      const word = rest.shift();
      if (word === 'canonical_parent') {
        node = node.parent || null;
      } else if (node === this.root && word === 'view') {
        node = {type: 'View', props: {}, lists: {}, single: {detail_clip: this.detailClip}, parent: node};
      } else if (node.lists[word]) {
        node = node.lists[word][Number(rest.shift())] || null;
      } else {
        node = (node.single && node.single[word]) || null;
      }
    }
    return node;
  }

  idOf(node) {
    for (const [id, known] of this.ids) {
      if (known === node) {
        return id;
      }
    }
    this.ids.set(this.nextId, node);
    this.nextId += 1;
    return this.nextId - 1;
  }

  pathOf(node) {
    if (node === this.root) {
      return 'live_set';
    }
    const parent = node.parent;
    for (const [name, list] of Object.entries(parent.lists)) {
      if (list.includes(node)) {
        return `${this.pathOf(parent)} ${name} ${list.indexOf(node)}`;
      }
    }
    const [name] = Object.entries(parent.single).find(([, one]) => one === node);
    return `${this.pathOf(parent)} ${name}`;
  }

  // --- what a script sees

  api() {
    const set = this;
    return class LiveAPI {
      constructor(...args) {
        const path = typeof args[0] === 'function' || args[0] === null ? args[1] : args[0];
        if (!set.isReady) {
          set.errors.push('LiveAPI made before the device is ready');
        }
        this._node = set.isReady ? set.walk(String(path).replace(/"/g, '').trim().split(/\s+/)) : null;
      }

      get id() { return this._node ? String(set.idOf(this._node)) : '0'; }

      get type() { return this._node ? this._node.type : ''; }

      get unquotedpath() { return this._node ? set.pathOf(this._node) : ''; }

      get path() { return `"${this.unquotedpath}"`; }

      get info() { return this._node ? set.infoOf(this._node) : 'No object'; }

      get(name) {
        if (!this._node || !(name in this._node.props)) {
          set.fail(`get ${name}: not there`);
          return undefined;
        }
        return [this._node.props[name]];
      }

      getcount(name) {
        if (!this._node || !this._node.lists[name]) {
          set.fail(`getcount ${name}: not there`);
          return 0;
        }
        return this._node.lists[name].length;
      }

      set(name, value) { return this._node ? set.set(this._node, name, value) : set.fail('set: no object'); }

      call(name, ...args) {
        return this._node ? set.call(this._node, name, args) : set.fail('call: no object');
      }
    };
  }

  shown() {
    // The set as a test reads it.
    const clip = (one) => one && {...one.props, adds: one.adds, fired: one.fired, overwritten: !!one.overwritten,
      notes: one.notes.map((n) => [n.pitch, n.start_time, n.duration, n.velocity])
        .sort((a, b) => a[1] - b[1] || a[0] - b[0])};
    return {errors: this.errors, calls: this.calls, scenes: this.root.lists.scenes.length,
      tracks: this.root.lists.tracks.map((track) => ({name: track.props.name,
        slots: track.lists.clip_slots.map((slot) => clip(slot.single.clip)),
        arrangement: track.lists.arrangement_clips.map(clip)}))};
  }
}

Object.assign(LiveSet.prototype, calls);

module.exports = {LiveSet};
