// The Live set: the own track, what it may take, and clips on it. Nothing that LiveAPI made is
// kept; get gives lists, calls fail without a word, so everything is looked up again and looked at
// after.

function isList(value) {
    return value !== null && typeof value === "object" && value.length !== undefined;
}

function first(value) {
    return isList(value) ? value[0] : value;
}

function numberOf(api, name) {
    return Number(first(api.get(name)));
}

function textOf(api, name) {
    return String(first(api.get(name)));
}

function isThere(api) {
    var id = api ? String(api.id).replace("id ", "") : "0";
    return id !== "0" && id !== "";
}

function child(api, path) {
    return new LiveAPI(api.unquotedpath + " " + path);
}

function attempt(api, name, values) {
    // A call that is allowed to fail; what came of it is looked at afterwards. Spelt out, for Live
    // crashes where a function of its own is called by apply.
    try {
        switch (values.length) {
        case 0:
            return api.call(name);
        case 1:
            return api.call(name, values[0]);
        case 2:
            return api.call(name, values[0], values[1]);
        default:
            return api.call(name, values[0], values[1], values[2], values[3]);
        }
    } catch (refusal) {
        return null;
    }
}

function ownTrack() {
    // {api, name} or {refusal}. In a rack the parent is a chain: up to the track that it is on.
    var api = new LiveAPI("this_device canonical_parent");
    for (var steps = 0; steps < 40 && isThere(api) && String(api.type) !== "Track"; steps += 1) {
        api = child(api, "canonical_parent");
    }
    if (!isThere(api) || String(api.type) !== "Track") {
        return {refusal: "This device does not find its track. Delete it and drag it in anew."};
    }
    var refusal = refusalOf(api);
    return refusal ? {refusal: refusal} : {api: api, name: textOf(api, "name")};
}

function refusalOf(api) {
    var path = String(api.unquotedpath);
    var put = " Put this device on a MIDI track.";
    if (/ return_tracks /.test(path)) {
        return "Return tracks hold no clips." + put;
    }
    if (!/ tracks /.test(path)) {
        return "The main track holds no clips." + put;
    }
    if (numberOf(api, "is_foldable") !== 0) {
        return "Group tracks hold no clips of their own." + put;
    }
    if (numberOf(api, "has_midi_input") !== 1) {
        return "Audio tracks hold no MIDI clips." + put;
    }
    if (numberOf(api, "is_frozen") !== 0) {
        return "This track is frozen. Unfreeze it first.";
    }
    return "";
}

function tempoAndMetre() {
    var song = new LiveAPI("live_set");
    return {
        tempo: Math.round(numberOf(song, "tempo") * 1000) / 1000,
        metre: numberOf(song, "signature_numerator") + "/" + numberOf(song, "signature_denominator")
    };
}

function emptySlot(track, from) {
    // The first slot at or after `from` that is free: {api, scene}, or null.
    var count = track.getcount("clip_slots");
    for (var scene = from; scene < count; scene += 1) {
        var slot = child(track, "clip_slots " + scene);
        if (numberOf(slot, "has_clip") === 0 && numberOf(slot, "is_group_slot") !== 1) {
            return {api: slot, scene: scene};
        }
    }
    return null;
}

function addScene() {
    // Whether there is one more scene; a set has a limit.
    var song = new LiveAPI("live_set");
    var before = song.getcount("scenes");
    attempt(song, "create_scene", [-1]);
    return song.getcount("scenes") > before;
}

function newSessionClip(track, beats) {
    // An empty clip in the next free slot: {api, scene}, or null where there is no room.
    for (var from = 0;;) {
        var slot = emptySlot(track, from);
        if (!slot && addScene()) {
            slot = emptySlot(track, from);
        }
        if (!slot) {
            return null;
        }
        attempt(slot.api, "create_clip", [beats]);
        var clip = child(slot.api, "clip");
        if (numberOf(slot.api, "has_clip") === 1 && isThere(clip) && isEmpty(clip, beats)) {
            return {api: clip, scene: slot.scene};
        }
        from = slot.scene + 1; // somebody else's clip came first
    }
}

function isEmpty(clip, beats) {
    return numberOf(clip, "is_midi_clip") === 1 && notesOf(clip, beats).length === 0;
}

function fillClip(clip, take, look) {
    // Notes, page by page where there are many, then how the clip looks and loops.
    for (var i = 0; i < take.pages.length; i += 1) {
        if (take.pages[i].length > 0) {
            attempt(clip, "add_new_notes", [{notes: take.pages[i].map(asNote)}]);
        }
    }
    clip.set("name", look.name);
    clip.set("color", look.color);
    clip.set("signature_numerator", look.metre[0]);
    clip.set("signature_denominator", look.metre[1]);
    clip.set("looping", 1);
    clip.set("loop_end", take.beats); // ends first: a start may not lie behind its end
    clip.set("end_marker", take.beats);
    clip.set("loop_start", 0);
    clip.set("start_marker", 0);
}

function asNote(note) {
    return {pitch: note[0], start_time: note[1], duration: note[2], velocity: note[3], mute: 0};
}

function notesOf(clip, beats) {
    // What the clip holds, as the daemon writes notes; from a text, a list around it, or an object.
    var found = attempt(clip, "get_notes_extended", [0, 128, 0, beats]);
    if (isList(found)) {
        found = Array.prototype.join.call(found, "");
    }
    if (typeof found === "string") {
        try {
            found = JSON.parse(found);
        } catch (notJson) {
            found = null;
        }
    }
    return ((found && found.notes) || []).map(function (note) {
        return [note.pitch, note.start_time, note.duration, note.velocity];
    });
}

function differences(wanted, found) {
    // How many notes are not in the clip as they should be.
    var missing = wanted.length;
    var by = function (a, b) {
        return a[1] - b[1] || a[0] - b[0];
    };
    var left = found.slice().sort(by);
    wanted.slice().sort(by).forEach(function (note) {
        for (var i = 0; i < left.length && left[i][1] <= note[1] + 0.001; i += 1) {
            if (isSame(note, left[i])) {
                left.splice(i, 1);
                missing -= 1;
                return;
            }
        }
    });
    return missing + left.length;
}

function isSame(a, b) {
    return a[0] === b[0] && Math.abs(a[1] - b[1]) < 0.001 && Math.abs(a[2] - b[2]) < 0.001 &&
        Math.abs(a[3] - b[3]) < 0.01;
}
