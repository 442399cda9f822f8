"""The one place where things are put together: opens everything in order, closes it in reverse, and
has the verbs.

App        the verbs: generate, research, show, artists, history, forget
resolve    a name -> the profile to play from
output     patterns -> files, the whole set or none
results    what the verbs answer
doctor     what works here and what to do about the rest
"""

from mididrumigen.app.main import App
from mididrumigen.app.results import GenerateAsk, GenerateResult, ResearchResult, ShowResult

__all__ = ["App", "GenerateAsk", "GenerateResult", "ResearchResult", "ShowResult"]
