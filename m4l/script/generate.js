// Generate, Re-roll and Better Take: what is asked, and the takes fetched page by page.

var last = null; // what was written last: {result, body}
var betterBody = null; // what Better Take asks

function play(isReroll) {
    start(function () {
        return isReroll ? withLocks(bodyNow()) : bodyNow();
    });
}

function playBetter() {
    if (!betterBody) {
        say("Nothing new has been learnt since the last takes.");
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
    if (link.state !== "on") {
        say("Looking for the daemon ...");
    }
    whenLinked(function () {
        var body = bodyOf();
        var named = body.artist || last.result.artist; // by its number after a choice of several
        var pick = /^(.*\S)\s*#\s*([0-9]+)$/.exec(named);
        if (pick) {
            body.artist = pick[1];
            named = pick[1];
        }
        say("Asking for " + named + " ...");
        send(begin("generate", named), body, pick ? Number(pick[2]) : 0);
    });
}

function send(job, body, pick) {
    // A short wait: what is known is played at once, and the rest has progress to show.
    askFor(job, "POST", "/generate?clips=0&wait=1", body, function (answer) {
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
    if (chosen("map")) {
        body.map = chosen("map");
    }
    return body;
}

function withLocks(body) {
    // Locks hold drums of the last take, or of the one whose clip is selected.
    var locked = [];
    ["kick", "snare", "hats"].forEach(function (drum) {
        if (isOn("lock_" + drum)) {
            locked.push(drum);
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
    // The number of the take whose clip is in front, where that is of the last generation; else 1.
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

function copyOf(body) {
    return JSON.parse(JSON.stringify(body));
}
