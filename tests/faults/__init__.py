"""What goes wrong between two lines of code: kills, power cuts, full disks, damaged files, writers in a race.

The ids (K2, C1, P1 …) are those of the fault programme; after each fault the index holds the old state or the
new one, a reader gets right answers or is told that they come slowly, and the next writer mends the rest.
More trials: ARCHIVE_FAULT_TRIALS=10 pytest tests/faults (that many times as many).
"""
