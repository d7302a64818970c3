"""How well answers are ranked: known items of any archive, and queries over the seeds judged by hand.

scoring    nDCG, reciprocal rank and recall of one ranked list
known      known items: queries made from an archive's own texts, each with what it must find
judged     the hand-judged queries over the seeds (judged.tsv)
measured   the measures over many queries, for any engine
__main__   ``python -m tests.bench.ranking [--corpus FOLDER …] [--data FOLDER] [--queries N]``
"""
