"""The benchmark: ``make bench`` prints the tables of docs/benchmark.md.

Every row stands beside the plain stack (Haystack's stock Whoosh backend with jieba's ChineseAnalyzer),
measured in the same run on the same rows: machines are noisy, ratios are not.
"""
