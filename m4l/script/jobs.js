// What the daemon does for this device: a generation and a research at most, each followed by
// requests that wait on the daemon's side until there is news; the answer to one sends the next. No
// timer.

var WAIT_S = 2;
var STUCK_MS = 40000; // far longer than any request waits
var MAX_RESUMES = 8;

var jobs = {generate: null, research: null};

function begin(kind, what) {
    var job = {kind: kind, what: what, taskId: "", rev: -1, again: null, resumes: 0};
    job.isWaiting = false;
    job.isOver = false;
    job.isCancelled = false;
    jobs[kind] = job;
    outlet(0, "cancel", 1);
    tellProgress(0);
    return job;
}

function end(job) {
    job.isOver = true;
    job.again = null;
    if (jobs[job.kind] === job) {
        jobs[job.kind] = null;
    }
    if (!isBusy()) {
        outlet(0, "cancel", 0);
        tellProgress(0);
    }
}

function isBusy() {
    return jobs.generate !== null || jobs.research !== null;
}

function isTaken(kind) {
    // Whether a job of the kind is under way; says so. One without any answer for long is given up.
    var job = jobs[kind];
    if (!job) {
        return false;
    }
    if (job.isWaiting && now() - job.sent > STUCK_MS) {
        end(job);
        link.state = "off";
        return false;
    }
    if (link.state !== "on") {
        connect();
    }
    say("Still at work: " + job.what + ". Cancel stops it.");
    return true;
}

function askFor(job, method, path, body, done) {
    // A request of a job: asked again when the link was lost meanwhile.
    job.again = function () {
        askFor(job, method, path, body, done);
    };
    job.isWaiting = true;
    job.sent = now();
    request(method, rootOf(link.port) + path, body ? asciiJson(body) : null, function (answer) {
        job.isWaiting = false;
        if (job.isCancelled && !job.taskId && answer.json && answer.json.task_id) {
            drop(answer.json.task_id); // it was cancelled before it had a number
        }
        if (job.isOver) {
            return;
        }
        if (answer.status === 0) {
            lost();
            return;
        }
        job.again = null;
        done(answer);
    });
}

function resumeJobs() {
    resume(jobs.generate);
    resume(jobs.research);
}

function resume(job) {
    if (!job || job.isWaiting || !job.again || !isEnabled) {
        return;
    }
    job.resumes += 1;
    if (job.resumes > MAX_RESUMES) {
        end(job);
        say("Given up: the connection broke " + MAX_RESUMES + " times while at work: " + job.what);
        return;
    }
    job.again();
}

function begun(job, answer, received) {
    // The answer to what begins a task: the task, the result already, or why not.
    if (answer.status === 202 && answer.json) {
        job.taskId = answer.json.task_id;
        follow(job, received);
    } else if (answer.status === 200 && answer.json) {
        received(answer.json);
    } else {
        failed(job, answer);
    }
}

function follow(job, received) {
    var path = "/task/" + job.taskId + "?clips=0&wait=" + WAIT_S + "&since=" + job.rev;
    askFor(job, "GET", path, null, function (answer) {
        var task = answer.json;
        if (answer.status !== 200 || !task) {
            failed(job, answer);
            return;
        }
        job.rev = task.rev;
        if (task.status === "completed") {
            received(task.result);
        } else if (task.status === "failed") {
            failed(job, answer);
        } else if (task.status === "cancelled") {
            end(job);
            say("Cancelled: " + job.what + ". What was found is kept.");
        } else {
            tellTask(job, task);
            if (isEnabled) {
                follow(job, received);
            } else {
                job.again = function () {
                    follow(job, received);
                };
            }
        }
    });
}

function tellTask(job, task) {
    var message = task.message || task.status;
    tellProgress(Math.round(task.progress * 100));
    say(job.what + ": " + message);
}

function failed(job, answer) {
    end(job);
    if (answer.json && answer.json.error) {
        say(job.what + ": " + sentenceOf(answer.json.error));
    } else {
        say(job.what + ": the daemon answered " + answer.status +
            ", which this device cannot read.");
    }
}

function cancelJob() {
    var job = jobs.generate || jobs.research;
    if (!job) {
        say("Nothing is under way.");
        return;
    }
    job.isCancelled = true;
    end(job);
    if (job.taskId && link.state === "on") {
        drop(job.taskId);
    }
    say("Cancelled: " + job.what + ". What was found is kept.");
}

function drop(taskId) {
    // A task that another has joined goes on for that one.
    ask("DELETE", "/task/" + taskId + "?unless_shared=1", null, function (answer) {
        if (answer.status === 200 && answer.json.status === "running") {
            say("No longer followed. Another asked for the same, so it goes on.");
        }
    });
}
