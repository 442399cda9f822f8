// What the patch may send. Every function here is a message; the names of settings are those of the
// panel.

function text() {
    // Of a field: nothing where it is empty, one symbol or a number where it is not.
    var key = ["", "artist", "host", "port", "memory"][inlet];
    var words = [];
    for (var i = 0; i < arguments.length; i += 1) {
        words.push(String(arguments[i]));
    }
    var value = words.join(" ").replace(/^\s+|\s+$/g, "");
    var isElsewhere = (key === "host" || key === "port") && fields[key] !== value;
    fields[key] = value;
    if (isElsewhere && isReady) {
        link.state = "off";
        connect();
    }
}

function anything(value) {
    if (settings[messagename] === undefined) {
        error("MidiDrumiGen: no message " + messagename + "\n");
        return;
    }
    settings[messagename] = Number(value);
}

function ready() {
    // Everything that was saved has been sent. Comes again when the device is saved or a preset is
    // loaded.
    isReady = true;
    outlet(0, "version", "MidiDrumiGen " + VERSION + ", build " + buildOf(jsarguments[0]));
    outlet(0, "cancel", isBusy() ? 1 : 0);
    outlet(0, "better", betterBody ? 1 : 0);
    if (link.state !== "on") {
        connect();
    }
}

function page(index) {
    TABLES.pages.forEach(function (names, at) {
        names.forEach(function (name) {
            var box = patcher.getnamed(name);
            if (box) {
                box.hidden = at === Math.round(index) ? 0 : 1;
            }
        });
    });
}

function enabled(value) {
    isEnabled = Number(value) !== 0;
    if (!isReady) {
        return;
    }
    if (!isEnabled) {
        stopRetry();
    } else if (link.state === "on") {
        resumeJobs();
    } else {
        connect();
    }
}

function generate() {
    play(false);
}

function reroll() {
    play(true);
}

function better() {
    playBetter();
}

function cancel() {
    cancelJob();
}

function studio() {
    // A daemon without the page says so here, not in a browser.
    whenLinked(function () {
        var url = "http://" + fields.host + ":" + link.port + "/";
        request("GET", url, null, function (answer) {
            if (answer.status === 200) {
                outlet(0, "browse", url);
                say("The studio opens in your browser: " + url);
            } else if (answer.status === 0) {
                lost();
            } else {
                say("This daemon has no studio page (it answered " + answer.status + ").");
            }
        });
    });
}

function selftest() {
    selfTest();
}

function notifydeleted() {
    stopRetry();
}
