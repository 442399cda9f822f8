// What LiveAPI can be asked to do to a set, and what Live makes of it. Mixed into LiveSet.
'use strict';

const PALETTE = [0xff94a6, 0xffa529, 0xcc9927, 0xf7f47c, 0xbffb00, 0x1aff2f, 0x25ffa8, 0x5cffe8,
  0x8bc5ff, 0x5480e4, 0x92a7ff, 0xd86ce4, 0xe553a0, 0xff3636, 0x3c3c3c, 0xffffff];

function nearest(color) {
  const far = (a, b) => [16, 8, 0].reduce(
    (sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
  return PALETTE.reduce((best, one) => (far(one, color) < far(best, color) ? one : best));
}

module.exports = {
  PALETTE,

  fail(words) {
    this.errors.push(words);
    if (this.plan.throws) {
      throw new Error(words);
    }
    return null;
  },

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
  },

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
  },

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
  },

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
  },
};
