"""Sites that a person might expect here and that are not asked, with the reason."""

CLOSED: dict[str, str] = {
    "Spotify": "closed tempo and audio analysis to new programs in November 2024",
    "SoundCloud": "gives access to approved programs only, and rarely has a tempo",
    "MuseScore": "wants an account and a plan for MIDI; export a score yourself and hand it over",
    "Pitchfork": "has no search for programs; name an article with --url",
    "Rolling Stone": "has no search for programs; name an article with --url",
    "DuckDuckGo": "has no search for programs; set up SearXNG as [sources.searxng] base_url",
}
