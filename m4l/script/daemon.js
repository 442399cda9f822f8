// Finding the daemon, and finding it again. Ports are asked all at once: a closed one takes Windows
// two seconds to refuse. The only timer of the device is here: it asks again after 2, 5, then every
// 15 s.

var PORTS = [8000, 8001, 8002, 8003, 8004, 8005, 8006, 8007, 8008, 8009];
var RETRY_MS = [2000, 5000, 15000];
var PROBE_LIMIT_MS = 8000;

var link = {state: "off", port: 0, round: 0, began: 0, misses: 0, refusal: ""};
var afterLink = null; // what the last click wanted
var retry = null;

function connect(then) {
    if (then) {
        afterLink = then;
    }
    if (link.state === "probing" && now() - link.began < PROBE_LIMIT_MS) {
        return;
    }
    stopRetry();
    link.state = "probing";
    link.refusal = "";
    link.round += 1;
    link.began = now();
    probe(link.round, portsToAsk());
}

function portsToAsk() {
    var port = Number(fields.port);
    if (port >= 1 && port <= 65535 && port === Math.floor(port)) {
        return [port];
    }
    return PORTS;
}

function probe(round, ports) {
    var healths = {};
    var ask = function (port) {
        request("GET", rootOf(port) + "/health", null, function (answer) {
            if (round !== link.round || link.state !== "probing") {
                return;
            }
            healths[port] = isHealth(answer) ? answer.json : null;
            if (answer.json && answer.json.error) {
                link.refusal = sentenceOf(answer.json.error); // it is there and wants no talk
            }
            decide(ports, healths);
        });
    };
    for (var i = 0; i < ports.length && link.state === "probing"; i += 1) {
        ask(ports[i]);
    }
    if (link.state === "probing") {
        scheduleRetry(); // an answer may never come
    }
}

function isHealth(answer) {
    var json = answer.json;
    return answer.status === 200 && json !== null && json.status === "ok" && json.api !== undefined;
}

function decide(ports, healths) {
    // The first port that answers; one that has not answered yet may still be it.
    for (var i = 0; i < ports.length; i += 1) {
        if (healths[ports[i]] === undefined) {
            return;
        }
        if (healths[ports[i]]) {
            linked(ports[i], healths[ports[i]]);
            return;
        }
    }
    unlinked();
}

function linked(port, health) {
    var then = afterLink;
    var words = "MidiDrumiGen " + health.version + " at " + fields.host + ":" + port;
    stopRetry();
    afterLink = null;
    link.port = port;
    link.misses = 0;
    if (health.api !== API) {
        link.state = "mismatch";
        tellConnection(words + ", API " + health.api);
        say("The daemon is version " + health.version + " and speaks API " + health.api +
            ", this device is version " + VERSION + " and speaks API " + API + ". Get the device" +
            " that fits with mididrumigen m4l install, delete this one and drag that one in.");
        return;
    }
    link.state = "on";
    if (health.version !== VERSION) {
        words += ". This device is " + VERSION +
            ": mididrumigen m4l install brings the one that fits.";
    }
    tellConnection(words);
    if (then) {
        then();
    } else if (!isBusy()) {
        say("Connected to " + words.replace(/\.$/, "") + "." +
            (fields.artist ? "" : " Type an artist, then Generate."));
    }
    resumeJobs();
}

function unlinked() {
    var ports = portsToAsk();
    var where = ports.length > 1 ? ports[0] + "-" + ports[ports.length - 1] : ports[0];
    link.state = "off";
    transport = 1 - transport; // next time by the other one: this one may be what does not work
    afterLink = null;
    tellConnection("Not connected");
    say(link.refusal || "No daemon at " + fields.host + ":" + where +
        ". Start it in a terminal: mididrumigen serve. This device connects by itself.");
    scheduleRetry();
}

function lost() {
    // A request on a good link had no answer.
    if (link.state === "on") {
        link.state = "off";
        say("The connection to the daemon broke. It is tried again by itself; what was begun" +
            " goes on when it is there.");
        tellConnection("Not connected");
        connect();
    }
}

function scheduleRetry() {
    stopRetry();
    if (link.state === "on" || link.state === "mismatch" || !isEnabled) {
        return;
    }
    retry = new Task(function () {
        if (link.state === "probing") {
            transport = 1 - transport; // no word from this one
        }
        link.misses += 1;
        link.state = "off";
        connect();
    }, this);
    retry.schedule(RETRY_MS[Math.min(link.misses, RETRY_MS.length - 1)]);
}

function stopRetry() {
    if (retry) {
        retry.cancel();
        retry = null;
    }
}

function rootOf(port) {
    return "http://" + fields.host + ":" + port + "/api/v1";
}

function ask(method, path, body, done) {
    // A request on the link; `done` hears of answers alone. What must not be lost is a job's.
    request(method, rootOf(link.port) + path, body ? asciiJson(body) : null, function (answer) {
        if (answer.status === 0) {
            lost();
        } else {
            done(answer);
        }
    });
}

function whenLinked(then) {
    // Every click tries at once.
    if (link.state === "on") {
        then();
    } else {
        connect(then);
    }
}
