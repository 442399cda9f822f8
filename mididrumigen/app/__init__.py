"""The one place where things are put together: opens all in order, closes in reverse.

    verbs      App: generate, research, show, artists, history, forget
    resolve    a name -> the profile to play from
    output     patterns -> files, the whole set or none
    results    what the verbs are asked and what they answer
    doctor     what works here and what to do about the rest

Edges (the command line) talk to App and to nothing below it.
"""

from mididrumigen.app.results import GenerateAsk, GenerateResult, ResearchResult, ShowResult
from mididrumigen.app.verbs import App

__all__ = ["App", "GenerateAsk", "GenerateResult", "ResearchResult", "ShowResult"]
