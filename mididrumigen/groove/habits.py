"""Where drummers strike in a bar of four beats: the weights that `bar_lines` scores with.

Conventions: log odds for each stroke a bar at a place that the bar begins where it is thought to.

Numbers: a softmax over the readings of a take (right; shifted by eighths; counted double, half and
in thirds), ridge 0.01, fitted to the takes in 4/4 of drummers 1, 3 and 5 of the Groove MIDI Dataset
(Google LLC, CC BY 4.0).
"""

# fmt: off
HABITS: tuple[tuple[float, ...], ...] = (
    (  # kick
         2.68, -0.71, -1.88,  0.75,  0.59, -0.89,  0.40, -0.04,
        -0.12, -0.39, -0.38,  0.51,  0.20, -0.38, -0.07, -0.26,
    ),
    (  # snare
        -0.84, -0.85, -0.78,  0.27,  1.00, -1.09,  0.02, -0.28,
         0.27,  0.72, -0.56,  0.04,  1.71, -0.04,  0.19,  0.23,
    ),
    (  # ghost notes
        -0.57,  0.16, -0.59,  0.02,  0.44,  0.23, -0.51,  0.06,
         0.22,  0.00,  0.03, -0.15,  0.26,  0.30,  0.14, -0.03,
    ),
    (  # closed or pedal hi-hat
        -0.37,  0.13, -0.31, -0.13,  0.73,  0.18,  0.36,  0.18,
        -0.25,  0.49, -0.19,  0.05,  0.61, -0.38, -0.84, -0.27,
    ),
    (  # open hi-hat
         0.01,  0.13, -0.20, -0.17,  0.20, -0.14, -0.15,  0.12,
         0.09, -0.12, -0.06, -0.20,  0.13, -0.13,  0.25,  0.26,
    ),
    (  # ride
         0.82, -0.74, -0.74, -0.40,  0.77, -0.16,  0.25,  0.52,
         0.57,  0.08, -0.59, -0.13,  0.47, -0.40, -0.11, -0.22,
    ),
    (  # crash, china, splash
         1.54,  0.18, -0.07, -0.06, -0.19, -0.09, -0.23,  0.00,
        -0.56, -0.07, -0.23, -0.11, -0.07, -0.08, -0.02,  0.06,
    ),
    (  # toms
        -0.56, -0.82, -0.81, -0.73, -0.03, -0.16, -0.15, -0.41,
         0.01,  0.23, -0.23,  0.45,  1.14,  0.46,  1.37,  0.25,
    ),
)
"""A row a kind of stroke, a column a 16th from the bar line."""
# fmt: on

STARTS = (1.50, -0.38, -0.15, -0.34, -0.24, -0.04, -0.28, -0.08)
"""A first hit at each eighth of the bar."""
ENDS = (0.36, -0.10, -0.49, -0.38, -0.12, -0.33, 0.15, 0.91)
"""A last hit at each eighth of the bar."""
LEVEL = (-2.47, 0.96, 2.81, 2.07, 2.45, 6.35, 3.15, 3.98, -2.62, 4.37, -0.10, 0.02)
"""The way to count, for `bar_lines.level_features` in its order."""
