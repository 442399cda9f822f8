// Requests to the daemon. XMLHttpRequest where this Max has it and lets us; else the [maxurl] of
// the patch, by the same functions. Every request ends once: done({status, json}), status 0 without
// an answer.

var pending = {};
var requestCount = 0;
var transports = [sendByXhr, sendByMaxurl];
var transportNames = ["XMLHttpRequest", "maxurl"];
var transport = 0;

function request(method, url, body, done, only) {
    // `only` asks by one transport and no other.
    var sent = {id: ++requestCount, done: done, held: null};
    var first = only === undefined ? transport : only;
    pending[sent.id] = sent;
    try {
        transports[first](sent, method, url, body);
    } catch (refusal) {
        if (only !== undefined) {
            settle(sent.id, 0, "");
            return;
        }
        transport = 1 - first;
        try {
            transports[transport](sent, method, url, body);
        } catch (second) {
            settle(sent.id, 0, "");
        }
    }
}

function sendByXhr(sent, method, url, body) {
    var xhr = new XMLHttpRequest();
    sent.held = xhr; // nobody else keeps it from being collected
    xhr.open(method, url);
    if (body) {
        xhr.setRequestHeader("Content-Type", "application/json");
    }
    xhr.onreadystatechange = function () {
        if (xhr.readyState === 4) {
            settle(sent.id, Number(xhr.status) || 0, String(xhr.responseText || ""));
        }
    };
    if (body) {
        xhr.send(body);
    } else {
        xhr.send();
    }
}

function sendByMaxurl(sent, method, url, body) {
    var name = "mididrumigen-" + INSTANCE + "-" + sent.id;
    var ask = {url: url, http_method: method.toLowerCase(), response_dict: name + "-answer"};
    if (body) {
        ask.headers = ["Content-Type: application/json"];
        ask.post_data = body;
    }
    sent.held = new Dict(name);
    sent.held.parse(JSON.stringify(ask));
    outlet(1, "dictionary", name);
}

function dictionary(name) {
    // What [maxurl] answers.
    var found = /^mididrumigen-(\d+)-(\d+)-answer$/.exec(String(name));
    if (!found || found[1] !== INSTANCE) {
        return;
    }
    var answer = new Dict(name);
    var status = Number(answer.get("status")) || 0;
    var text = String(answer.get("body") || "");
    answer.clear();
    settle(found[2], status, text);
}

function settle(id, status, text) {
    var sent = pending[id];
    if (!sent) {
        return;
    }
    delete pending[id];
    var json = null;
    try {
        json = JSON.parse(text);
    } catch (notJson) {
        json = null;
    }
    sent.done({status: status, json: json});
}

function asciiJson(value) {
    // However this Max encodes text, ASCII stays what it is.
    return JSON.stringify(value).replace(/[\u007f-\uffff]/g, function (letter) {
        return "\\u" + ("0000" + letter.charCodeAt(0).toString(16)).slice(-4);
    });
}
