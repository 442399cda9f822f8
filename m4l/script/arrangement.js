// The arrangement, where Live lets a device write there: Live 12 makes clips, Live 11 copies them.

function arrangementMeans(track) {
    // "create", "copy" or "" by what this Live offers.
    var offers = String(track.info);
    if (/\bcreate_midi_clip\b/.test(offers)) {
        return "create";
    }
    return /\bduplicate_clip_to_arrangement\b/.test(offers) ? "copy" : "";
}

function freeBeat(track, beats, beatsPerBar) {
    // The first bar line from the playhead on behind which so many beats are free on the track.
    var song = new LiveAPI("live_set");
    var start = toBar(numberOf(song, "current_song_time"), beatsPerBar);
    var clips = [];
    var count = track.getcount("arrangement_clips");
    for (var i = 0; i < count; i += 1) {
        var clip = child(track, "arrangement_clips " + i);
        clips.push([numberOf(clip, "start_time"), numberOf(clip, "end_time")]);
    }
    clips.sort(function (a, b) {
        return a[0] - b[0];
    });
    clips.forEach(function (span) {
        if (span[0] < start + beats && span[1] > start) {
            start = toBar(span[1], beatsPerBar);
        }
    });
    return start;
}

function toBar(beat, beatsPerBar) {
    return Math.ceil(beat / beatsPerBar - 1e-6) * beatsPerBar;
}

function newArrangementClip(track, start, beats) {
    // An empty clip there, or null.
    var id = idOf(attempt(track, "create_midi_clip", [start, beats]));
    var clip = id ? new LiveAPI("id " + id) : null;
    return clip && isThere(clip) ? clip : null;
}

function copyToArrangement(track, clip, start) {
    // Whether a copy of a Session clip is there.
    var before = track.getcount("arrangement_clips");
    var source = "id " + String(clip.id).replace("id ", "");
    attempt(track, "duplicate_clip_to_arrangement", [source, start]);
    return track.getcount("arrangement_clips") > before;
}

function idOf(answer) {
    // Of ["id", N], "id N" or "id,N".
    var found = /id[\s,]+([0-9]+)/.exec(String(answer));
    return found && found[1] !== "0" ? found[1] : "";
}
