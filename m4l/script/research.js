// Research: begun here, or going on at the daemon anyway. What it finds is offered, never forced.

function augment() {
    if (!fields.artist) {
        say("Type an artist, a band or a drummer first.");
        return;
    }
    if (isTaken("research")) {
        return;
    }
    whenLinked(function () {
        var job = begin("research", "Research on " + fields.artist);
        var body = {artist: fields.artist, augment: true, depth: "full"};
        say(job.what + " ...");
        askFor(job, "POST", "/research", body, function (answer) {
            begun(job, answer, function (found) {
                end(job);
                researched(found);
            });
        });
    });
}

function lookForResearch() {
    // Whether the daemon is finding out more about whom was just played.
    var artist = last.result.artist;
    if (jobs.research) {
        return;
    }
    ask("GET", "/research/" + encodeURIComponent(artist), null, function (answer) {
        if (answer.status !== 200 || !answer.json || !answer.json.task_id || jobs.research) {
            return;
        }
        if (answer.json.status === "researching") {
            var job = begin("research", "Research on " + artist);
            job.taskId = answer.json.task_id;
            follow(job, function (found) {
                end(job);
                researched(found);
            });
        }
    });
}

function researched(found) {
    var before = found.confidence_before === null ? "" : found.confidence_before + " -> ";
    var words = "Research on " + found.artist + " is done: confidence " + before +
        found.confidence + ", " + counted(found.sources_count, "source") + ", " +
        counted(found.grooves, "groove") + ".";
    if (last && last.result.artist === found.artist && isBetter(found, last.result)) {
        betterBody = copyOf(last.body);
        betterBody.seed = last.result.seed;
        outlet(0, "better", 1);
        words += " Better Take plays the last takes again with it.";
    }
    say(words);
}

function isBetter(found, result) {
    return found.basis !== result.basis || found.confidence > result.confidence;
}
