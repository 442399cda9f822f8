"""The daemon's edge: HTTP on this machine alone.

    server       the life of the daemon: owner, log, program, jobs, port; and back
    calls        every call: path, what it takes, what it answers, who does it
    handlers     what the calls do: they ask App and Tasks and decide nothing
    playing      the same of the calls that play
    guard        who may ask: this machine's own programs and pages, nobody else's pages
    connections  how many connect, how long they are silent, what they hear that is no HTTP
    read         bytes from outside -> models, within limits of size and time
    bodies       what may be asked, as pydantic models
    answers      what is answered, as pydantic models
    events       a task as a stream of server-sent events
    problems     what goes wrong, as an answer
    openapi      the document of all this, from the same models
    pages        the studio page as files; the folder page holds them

Conventions: every answer of the API is JSON, ASCII; an error is `{error: {code, message, hint}}`.
"""
