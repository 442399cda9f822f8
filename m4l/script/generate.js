// Generate, Re-roll and Better Take: what is asked, the takes fetched page by page, the clips written.
// All takes are there before the first clip is made, and the clips are made in one go: one step to undo.

var BASIS_WORDS = {
    researched: "researched",
    builtin: "from built-in notes, not yet researched",
    genre: "from genre only",
    unknown: "unknown artist"
};
// Hues that Live's palette has near it; an artist always gets the same.
var COLORS = [0xff94a6, 0xffa529, 0xcc9927, 0xf7f47c, 0xbffb00, 0x1aff2f, 0x25ffa8, 0x5cffe8,
    0x8bc5ff, 0x5480e4, 0x92a7ff, 0xd86ce4, 0xe553a0];

var last = null; // what was written last: {result, body}
var betterBody = null; // what Better Take asks

function play(isReroll) {
    start(function () {
        return isReroll ? withLocks(bodyNow()) : bodyNow();
    });
}

function playBetter() {
    if (!betterBody) {
        say("Nothing new has been learnt about " + (fields.artist || "the artist") + " since the last takes.");
        return;
    }
    var body = betterBody;
    start(function () {
        return body;
    });
}

function start(bodyOf) {
    if (!fields.artist) {
        say("Type an artist, a band or a drummer first.");
        return;
    }
    if (isTaken("generate")) {
        return;
    }
    var track = ownTrack();
    if (track.refusal) {
        say(track.refusal);
        return;
    }
    say("Looking for the daemon ...");
    whenLinked(function () {
        var body = bodyOf();
        var named = body.artist;
        var pick = /^(.*\S)\s*#\s*([0-9]+)$/.exec(body.artist);
        if (pick) {
            body.artist = pick[1];
            named = pick[1];
        }
        say("Asking for " + named + " ...");
        send(begin("generate", named), body, pick ? Number(pick[2]) : 0);
    });
}

function send(job, body, pick) {
    askFor(job, "POST", "/generate?clips=0&wait=" + WAIT_S, body, function (answer) {
        if (answer.status === 300 && answer.json) {
            choose(job, body, pick, answer.json.choices);
            return;
        }
        begun(job, answer, function (result) {
            fetchTakes(job, body, result);
        });
    });
}

function choose(job, body, pick, choices) {
    // Several have the name: the one with the number that was typed, or all of them are told.
    if (pick >= 1 && pick <= choices.length) {
        var settled = copyOf(body);
        delete settled.artist;
        settled.artist_id = choices[pick - 1].artist_id;
        send(job, settled, 0);
        return;
    }
    end(job);
    say(choices.length + " artists have this name. Type one of these: " +
        choices.map(function (choice, index) {
            var more = choice.disambiguation ? " (" + choice.disambiguation + ")" : "";
            return choice.name + " #" + (index + 1) + more;
        }).join(", "));
}

function bodyNow() {
    // What the panel asks for; what stands at the artist's own is left to the daemon.
    var live = tempoAndMetre();
    var body = {
        artist: fields.artist,
        bars: Math.round(settings.bars),
        variations: Math.round(settings.variations),
        time_signature: live.metre,
        provider: chosen("provider"),
        controls: {
            humanize: settings.humanize,
            feel: settings.feel,
            complexity: settings.complexity,
            intensity: settings.intensity,
            fills: settings.fills
        }
    };
    if (isOn("own_swing")) {
        body.controls.swing = settings.swing;
    }
    if (chosen("tempo") !== "artist") {
        body.tempo = chosen("tempo") === "live" ? live.tempo : settings.bpm;
    }
    if (chosen("part")) {
        body.part = chosen("part");
    }
    if (chosen("map") !== "gm") {
        body.map = chosen("map");
    }
    return body;
}

function withLocks(body) {
    // Locks hold drums of the last take, or of the one whose clip is selected.
    var locked = [];
    ["kick", "snare", "hat"].forEach(function (voice) {
        if (isOn("lock_" + voice)) {
            locked.push(voice);
        }
    });
    var memory = /^(\d+) (\d+)$/.exec(fields.memory);
    if (locked.length > 0 && memory) {
        body.lock = locked;
        body.from = memory[1] + "/" + selectedTake(memory[2]);
    }
    return body;
}

function selectedTake(seed) {
    // The number of the take whose clip is in front, where it is one of the last generation; else 1.
    var clip = new LiveAPI("live_set view detail_clip");
    var name = isThere(clip) ? textOf(clip, "name") : "";
    var found = /Variation (\d+) \((\d+)\)$/.exec(name);
    return found && found[2] === seed ? Number(found[1]) : 1;
}

function fetchTakes(job, body, result) {
    var takes = [];
    var next = function (number, bar) {
        var path = "/generation/" + result.generation_id + "/" + number + "?from_bar=" + bar;
        askFor(job, "GET", path, null, function (answer) {
            var page = answer.json;
            if (answer.status !== 200 || !page) {
                failed(job, answer);
                return;
            }
            if (bar === 0) {
                takes.push({name: page.name, beats: page.length_beats, pages: []});
            }
            takes[number - 1].pages.push(page.notes);
            if (page.next_bar !== null) {
                next(number, page.next_bar);
            } else if (number < result.clips.length) {
                next(number + 1, 0);
            } else {
                end(job);
                writeTakes(body, result, takes);
            }
        });
    };
    tellProgress(100);
    next(1, 0);
}

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
        done.words += " " + counted(copied, "copy").replace("copys", "copies") + " in the Arrangement.";
    }
    if (scenes.length > 0 && scenes.length < takes.length) {
        done.words += " No room for " + (takes.length - scenes.length) + " more: this set can have no more scenes.";
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
        : counted(done.clips.length, "clip") + " in \"" + track.name + "\", Arrangement, from bar " +
            firstBar + " on.";
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
    var words = result.artist + ": " + (BASIS_WORDS[result.basis] || result.basis) + ", confidence " +
        result.confidence + ", for " + result.tempo + " BPM, seed " + result.seed + ".";
    if (differing > 0) {
        words += " Live has " + counted(differing, "note") + " otherwise than they were sent.";
    }
    return [words].concat(result.notices).join(" ");
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

function copyOf(body) {
    return JSON.parse(JSON.stringify(body));
}
