// MidiDrumiGen for Max for Live: asks the daemon for drums and writes them as clips.
//
// ES5, for the js object of Live 11 and 12: no let, no arrows, no timers, no console. The parts of
// this script are put together in the order of writer.PARTS; TABLES, VERSION and API stand before
// them. Conventions: times in ms, beats are quarter notes, a function that begins with a verb of
// speech (say, tell) changes the panel only. What the patch may send stands in messages.js.

autowatch = 0;
inlets = 6;
outlets = 2;

var INSTANCE = String(Math.floor(Math.random() * 1e9));

// What is typed and turned; the patch sends every value before it says that it is ready.
var fields = {artist: "", host: "127.0.0.1", port: "auto", memory: ""};
var settings = TABLES.initial;
var isReady = false;
var isEnabled = true;

function say(text) {
    outlet(0, "status", String(text));
}

function tellProgress(percent) {
    outlet(0, "progress", percent);
}

function tellConnection(text) {
    outlet(0, "connection", text);
}

function now() {
    return new Date().getTime();
}

function chosen(key) {
    // What the daemon is asked for where a menu or a switch stands as it does.
    var values = TABLES.choices[key];
    return values[Math.max(0, Math.min(values.length - 1, Math.round(settings[key])))];
}

function isOn(key) {
    return chosen(key) === "1";
}

function buildOf(scriptName) {
    var found = /-([0-9a-f]+)\.js$/.exec(String(scriptName));
    return found ? found[1] : "?";
}

function sentenceOf(problem) {
    // The whole of what the daemon says is wrong.
    return problem.hint ? problem.message + "; " + problem.hint : problem.message;
}

function counted(count, word) {
    return count + " " + word + (count === 1 ? "" : "s");
}
