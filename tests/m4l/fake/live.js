// A Live set as a device sees it through LiveAPI, with what Live does not say aloud: get gives lists,
// paths come in quotes, a thing that is not there has id 0, a call that fails posts an error and gives
// nothing, an object made too early is dead for ever. Times are beats.
'use strict';

const PALETTE = [0xff94a6, 0xffa529, 0xcc9927, 0xf7f47c, 0xbffb00, 0x1aff2f, 0x25ffa8, 0x5cffe8,
  0x8bc5ff, 0x5480e4, 0x92a7ff, 0xd86ce4, 0xe553a0, 0xff3636, 0x3c3c3c, 0xffffff];

function nearest(color) {
  const far = (a, b) => [16, 8, 0].reduce(
    (sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
  return PALETTE.reduce((best, one) => (far(one, color) < far(best, color) ? one : best));
}

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

  // --- calls

  fail(words) {
    this.errors.push(words);
    if (this.plan.throws) {
      throw new Error(words);
    }
    return null;
  }

  infoOf(node) {
    const functions = {Track: ['stop_all_clips', 'duplicate_clip_slot']}[node.type] || [];
    if (node.type === 'Track' && this.plan.version >= 11) {
      functions.push('duplicate_clip_to_arrangement');
    }
    if (node.type === 'Track' && this.plan.version >= 12) {
      functions.push('create_midi_clip');
    }
    return [`id ${this.idOf(node)}`, `type ${node.type}`,
      ...functions.map((name) => `function ${name}`), 'done'].join('\n');
  }

  call(node, name, args) {
    this.calls.push([node.type, name]);
    const key = `${node.type}.${name}`;
    if (key === 'Song.create_scene') {
      if (this.root.lists.scenes.length >= this.plan.sceneLimit) {
        return this.fail('create_scene: the limit of scenes is reached');
      }
      this.root.lists.scenes.push({type: 'Scene', props: {}, lists: {}});
      for (const track of this.root.lists.tracks) {
        track.lists.clip_slots.push(this.slot(track, null));
      }
      return ['id', this.idOf(this.root.lists.scenes.at(-1))];
    }
    if (key === 'ClipSlot.create_clip') {
      if (this.plan.intruder) { // somebody records into the slot in the very moment
        node.single.clip = this.clip(node, 4, {name: this.plan.intruder});
        node.single.clip.notes.push({pitch: 60, start_time: 0, duration: 1, velocity: 1});
        this.plan.intruder = '';
      }
      if (node.single.clip || node.parent.props.has_midi_input !== 1 || !(args[0] > 0)) {
        return this.fail('create_clip: the slot is not empty, or no MIDI track');
      }
      node.single.clip = this.clip(node, args[0]);
      return null;
    }
    if (key === 'ClipSlot.delete_clip') {
      node.single.clip = null;
      return null;
    }
    if (key === 'Track.create_midi_clip' && this.plan.version >= 12) {
      if (this.plan.recording || node.props.is_frozen) {
        return this.fail('create_midi_clip: recording or frozen');
      }
      const [start, length] = args;
      for (const other of node.lists.arrangement_clips) {
        if (start < other.props.end_time && other.props.start_time < start + length) {
          other.overwritten = true;
        }
      }
      const clip = this.clip(node, length, {start_time: start, end_time: start + length});
      node.lists.arrangement_clips.push(clip);
      return ['id', this.idOf(clip)];
    }
    if (key === 'Track.duplicate_clip_to_arrangement' && this.plan.version >= 11) {
      const source = this.walk(String(args[0]).split(' '));
      if (!source) {
        return this.fail('duplicate_clip_to_arrangement: no such clip');
      }
      const length = source.props.loop_end - source.props.loop_start;
      const copy = this.clip(node, length, {...source.props, start_time: args[1], end_time: args[1] + length});
      copy.notes = source.notes.map((note) => ({...note}));
      copy.creates = 0;
      node.lists.arrangement_clips.push(copy);
      return ['id', this.idOf(copy)];
    }
    if (key === 'Clip.add_new_notes') {
      return this.addNotes(node, args[0]);
    }
    if (key === 'Clip.get_notes_extended') {
      const [low, span, from, length] = args;
      const notes = node.notes.filter((note) => note.pitch >= low && note.pitch < low + span
        && note.start_time >= from && note.start_time < from + length);
      return JSON.stringify({notes: notes.map((note, i) => ({note_id: i + 1, mute: 0, probability: 1,
        velocity_deviation: 0, release_velocity: 64, ...note}))});
    }
    if (key === 'Clip.fire') {
      node.fired += 1;
      return null;
    }
    return this.fail(`${name}: no such function of ${node.type}`);
  }

  addNotes(clip, notes) {
    clip.adds += 1;
    for (const {pitch, start_time, duration, velocity} of notes.notes) {
      if (!Number.isInteger(pitch) || pitch < 0 || pitch > 127 || !(duration > 0) || start_time < 0
        || velocity < 0 || velocity > 127) {
        return this.fail(`add_new_notes: ${JSON.stringify([pitch, start_time, duration, velocity])}`);
      }
      const same = clip.notes.filter((note) => note.pitch === pitch);
      clip.notes = clip.notes.filter((note) => !(note.pitch === pitch && note.start_time === start_time));
      for (const note of same) { // an earlier one of that pitch is cut short
        if (note.start_time < start_time && note.start_time + note.duration > start_time) {
          note.duration = start_time - note.start_time;
        }
      }
      clip.notes.push({pitch, start_time, duration, velocity});
    }
    if (this.plan.loses && clip.notes.length) {
      clip.notes.pop();
    }
    return null;
  }

  set(node, name, value) {
    if (!(name in node.props)) {
      return this.fail(`${name}: no such property of ${node.type}`);
    }
    const {props} = node;
    const wanted = {...props, [name]: value};
    if (node.type === 'Clip' && (wanted.end_marker <= wanted.start_marker || wanted.loop_end <= wanted.loop_start)) {
      return this.fail(`${name}: ends before its start`);
    }
    props[name] = name === 'color' ? nearest(value) : value;
    return null;
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

module.exports = {LiveSet};
