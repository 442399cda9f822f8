// The self-test: what this device takes for granted of Max, Live and the daemon, tried one by one.
// The outcome goes to the status line, and line by line to the Max console.

function selfTest() {
    var lines = [];
    var passed = 0;
    var note = function (name, isGood, more) {
        passed += isGood ? 1 : 0;
        lines.push((isGood ? "PASS " : "FAIL ") + name + (more ? ": " + more : ""));
        post(lines[lines.length - 1] + "\n");
    };
    var finish = function () {
        var bad = lines.filter(function (line) {
            return line.indexOf("FAIL") === 0;
        });
        say("Self-test: " + passed + " of " + lines.length + " passed. " +
            (bad.length ? bad.join(". ") + "." : "All that this device needs works here."));
    };
    if (isTaken("generate")) {
        return;
    }
    post("MidiDrumiGen " + VERSION + " build " + buildOf(jsarguments[0]) + "\n");
    testLive(note);
    testRequest(0, note, function () {
        testRequest(1, note, function () {
            testAnswers(note, finish);
        });
    });
}

function testLive(note) {
    var track = ownTrack();
    note("own track", !track.refusal, track.refusal || track.name);
    var live = tempoAndMetre();
    note("tempo and metre", live.tempo > 0 && /^\d+\/\d+$/.test(live.metre),
        live.tempo + " BPM, " + live.metre);
    note("panel", patcher.getnamed("status") ? true : false);
    if (track.refusal) {
        return;
    }
    note("arrangement", true, arrangementMeans(track.api) || "not offered by this Live");
    var made = newSessionClip(track.api, 4);
    note("new clip", made !== null);
    if (!made) {
        return;
    }
    var pages = [[[36, 0, 0.25, 100], [38, 1.013, 0.25, 31]], [[42, 3.75, 0.2, 127]]];
    var take = {beats: 4, pages: pages};
    fillClip(made.api, take, {name: "MidiDrumiGen self-test", color: COLORS[0], metre: [4, 4]});
    var wrong = differences(pages[0].concat(pages[1]), notesOf(made.api, 4));
    note("notes as sent", wrong === 0, wrong ? counted(wrong, "difference") : "");
    note("clip name", textOf(made.api, "name") === "MidiDrumiGen self-test");
    var slot = child(track.api, "clip_slots " + made.scene);
    attempt(slot, "delete_clip", []);
    note("clip removed", numberOf(slot, "has_clip") === 0);
}

function testRequest(index, note, then) {
    request("GET", rootOf(link.port || PORTS[0]) + "/health", null, function (answer) {
        note(transportNames[index], isHealth(answer), "status " + answer.status);
        then();
    }, index);
}

function testAnswers(note, finish) {
    // A question that must be refused with the daemon's own words, and an answer that must wait.
    if (link.state !== "on") {
        note("daemon", false, "not connected");
        finish();
        return;
    }
    ask("POST", "/generate", {artist: "", bars: 4}, function (answer) {
        var isTold = answer.json !== null && answer.json.error !== undefined;
        note("JSON sent and read", answer.status === 422 && isTold, "status " + answer.status);
        ask("GET", "/generations?limit=1", null, function (list) {
            note("history", list.status === 200 && list.json !== null);
            finish();
        });
    });
}
