// The daemon's API, as `/openapi.json` describes it.

export const ROOT = "/api/v1";

/** An answer that tells of a problem; `message` is a sentence for the user. */
export class Problem extends Error {
  constructor(message, hint = "", code = "", status = 0) {
    super(message);
    this.hint = hint;
    this.code = code;
    this.status = status;
  }
}

/** Several artists have this name; `choices` are `{artist_id, name, disambiguation}`. */
export class Ambiguous extends Error {
  constructor(choices) {
    super("several artists have this name");
    this.choices = choices;
  }
}

/** The JSON of a call; raises Problem or Ambiguous. */
export async function call(method, path, body, signal) {
  const init = { method, signal, redirect: "manual" };
  if (body instanceof FormData) init.body = body;
  else if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { "Content-Type": "application/json" };
  }
  let answer;
  try {
    answer = await fetch(ROOT + path, init);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("MidiDrumiGen does not answer", "Is it still running? Start it again with: mididrumigen serve");
  }
  const json = await answer.json().catch(() => ({}));
  if (answer.status === 300) throw new Ambiguous(json.choices);
  if (!answer.ok) {
    const { message = `the daemon answered ${answer.status}`, hint, code } = json.error ?? {};
    throw new Problem(sentence(message), hint && sentence(hint), code, answer.status);
  }
  return json;
}

export const get = (path, signal) => call("GET", path, undefined, signal);
export const post = (path, body) => call("POST", path, body);

/** A name as a part of a path. */
export const part = (name) => encodeURIComponent(name);

/** The address of a take's file. */
export const midiUrl = (generation, take) => `${ROOT}/generation/${generation}/${take}.mid`;

/**
 * Follow a task to its end by server-sent events.
 * @param {(task: object) => void} tell hears of each change
 * @returns {Promise<object>} the result; raises Problem when it failed or was cancelled
 */
export function follow(taskId, tell) {
  return new Promise((done, fail) => {
    const source = new EventSource(`${ROOT}/task/${part(taskId)}/events`);
    const failures = { count: 0 };
    source.addEventListener("task", ({ data }) => {
      failures.count = 0;
      const task = JSON.parse(data);
      tell(task);
      if (task.status === "queued" || task.status === "running") return;
      source.close();
      if (task.status === "completed") done(task.result);
      else if (task.status === "cancelled") fail(new Problem("Cancelled", "", "cancelled"));
      else fail(new Problem(sentence(task.error.message), sentence(task.error.hint), task.error.code));
    });
    source.addEventListener("error", () => {
      failures.count += 1; // the browser tries again by itself
      if (source.readyState === EventSource.CLOSED || failures.count > 4) {
        source.close();
        fail(new Problem("MidiDrumiGen does not answer", "Is it still running? Start it again with: mididrumigen serve"));
      }
    });
  });
}

export function sentence(text = "") {
  return text ? text[0].toUpperCase() + text.slice(1) : "";
}
