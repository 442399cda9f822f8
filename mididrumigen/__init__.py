"""MidiDrumiGen: drum MIDI in the style of any artist, band or drummer, with the reasons shown.

The floors; a file imports from its own package or from lower floors (`tests/test_floors.py` holds
it so):

    7  cli                        the edge: arguments, printing, exit codes; decides nothing
    6  app                        opens everything in order, closes in reverse; the verbs
    5  research                   sources -> Evidence -> StyleProfile
    4  sources                    one origin of evidence a file
    3  store                      the database; the only SQL
    2  engine  knowledge          pure: the player; what is known before any research
       prose  similar             articles -> claims; who is like whom
    1  groove  midi  config       measuring; files <-> hits; settings
    0  models  drums  errors      the values that flow; the drum table; the error tree
"""

__version__ = "0.1.0"
