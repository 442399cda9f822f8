// Takes become clips. All of them are there before the first clip is made, and the clips are made
// in one go: one step to undo.

var BASIS_WORDS = {
    researched: "researched",
    builtin: "from built-in notes, not yet researched",
    genre: "from genre only",
    unknown: "unknown artist"
};
// Hues that Live's palette has near it; an artist always gets the same.
var COLORS = [0xff94a6, 0xffa529, 0xcc9927, 0xf7f47c, 0xbffb00, 0x1aff2f, 0x25ffa8, 0x5cffe8,
    0x8bc5ff, 0x5480e4, 0x92a7ff, 0xd86ce4, 0xe553a0];

function writeTakes(body, result, takes) {
    // The track is looked at anew: minutes may have gone by.
    var track = ownTrack();
    if (track.refusal) {
        say(track.refusal + " The takes are in the daemon's folder: " + result.midi_files[0]);
        return;
    }
    last = {result: result, body: body};
    betterBody = null;
    outlet(0, "better", 0);
    fields.memory = result.generation_id + " " + result.seed;
    outlet(0, "memory", fields.memory);
    var wish = chosen("destination") === "arrangement" ? arrangementMeans(track.api) : "session";
    var done = wish === "create" ? writeArrangement(track, result, takes)
        : writeSession(track, result, takes, wish === "copy");
    if (isOn("launch") && done.clips.length > 0 && wish === "session") {
        attempt(done.clips[0], "fire", []);
    }
    say(done.words + (wish === "" ? " This Live hands no device the Arrangement." : "") + " " +
        wordsAbout(result, done.differing));
    lookForResearch();
}

function writeSession(track, result, takes, isCopied) {
    var done = {clips: [], differing: 0, words: ""};
    var scenes = [];
    var copies = isCopied ? freeBeat(track.api, totalBeats(takes), beatsPerBar(result)) : 0;
    var copied = 0;
    for (var i = 0; i < takes.length; i += 1) {
        var made = newSessionClip(track.api, takes[i].beats);
        if (!made) {
            break;
        }
        write(done, made.api, takes[i], result);
        scenes.push(made.scene + 1);
        if (isCopied && copyToArrangement(track.api, made.api, copies)) {
            copies += takes[i].beats;
            copied += 1;
        }
    }
    done.words = scenes.length === 0
        ? "No slot of \"" + track.name + "\" is free, and this set can have no more scenes."
        : counted(scenes.length, "clip") + " in \"" + track.name + "\", Session view, " +
            (scenes.length === 1 ? "scene " : "scenes ") + ranges(scenes) + ".";
    if (isCopied) {
        done.words += " " + copied + (copied === 1 ? " copy" : " copies") + " in the Arrangement.";
    }
    if (scenes.length > 0 && scenes.length < takes.length) {
        done.words += " No room for " + (takes.length - scenes.length) +
            " more: this set can have no more scenes.";
    }
    return done;
}

function writeArrangement(track, result, takes) {
    var done = {clips: [], differing: 0, words: ""};
    var perBar = beatsPerBar(result);
    var beat = freeBeat(track.api, totalBeats(takes), perBar);
    var firstBar = Math.round(beat / perBar) + 1;
    for (var i = 0; i < takes.length; i += 1) {
        var clip = newArrangementClip(track.api, beat, takes[i].beats);
        if (!clip) {
            break;
        }
        write(done, clip, takes[i], result);
        beat += takes[i].beats;
    }
    done.words = done.clips.length === 0
        ? "Live took no clip into the Arrangement of \"" + track.name + "\" (is it recording?)."
        : counted(done.clips.length, "clip") + " in \"" + track.name +
            "\", Arrangement, from bar " + firstBar + " on.";
    if (done.clips.length > 0 && done.clips.length < takes.length) {
        done.words += " Live took no more.";
    }
    return done;
}

function write(done, clip, take, result) {
    fillClip(clip, take, {
        name: take.name + " (" + result.seed + ")",
        color: colorOf(result.artist),
        metre: metreOf(result)
    });
    var wanted = take.pages.reduce(function (all, page) {
        return all.concat(page);
    }, []);
    done.differing += differences(wanted, notesOf(clip, take.beats));
    done.clips.push(clip);
}

function wordsAbout(result, differing) {
    // The daemon's own words for what it knows, where it has some; else ours.
    var said = result.notices.length ? result.notices
        : [result.artist + ": " + (BASIS_WORDS[result.basis] || result.basis)];
    var words = said.join(". ") + ". Confidence " + result.confidence + ", for " + result.tempo +
        " BPM, seed " + result.seed + ".";
    if (differing > 0) {
        words += " Live has " + counted(differing, "note") + " otherwise than they were sent.";
    }
    return words;
}

function beatsPerBar(result) {
    var metre = metreOf(result);
    return metre[0] * 4 / metre[1];
}

function metreOf(result) {
    return result.time_signature.split("/").map(Number);
}

function totalBeats(takes) {
    return takes.reduce(function (sum, take) {
        return sum + take.beats;
    }, 0);
}

function colorOf(artist) {
    var sum = 0;
    for (var i = 0; i < artist.length; i += 1) {
        sum = (sum * 31 + artist.charCodeAt(i)) % 65521;
    }
    return COLORS[sum % COLORS.length];
}

function ranges(numbers) {
    // "3-5, 8" of 3, 4, 5, 8.
    var spans = [];
    numbers.forEach(function (number) {
        var span = spans[spans.length - 1];
        if (span && span[1] === number - 1) {
            span[1] = number;
        } else {
            spans.push([number, number]);
        }
    });
    return spans.map(function (span) {
        return span[0] === span[1] ? String(span[0]) : span[0] + "-" + span[1];
    }).join(", ");
}
