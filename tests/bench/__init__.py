"""The benchmark: ``make bench`` prints the tables of docs/benchmark.md.

Every row stands beside other stacks, measured in the same run on the same rows: machines are noisy, ratios are
not. What decides (missed, extra, ranking measures) does not hang on the machine.

texts      made-up speeches and folders of real ones; phrases cut out of them
rows       the searches, a row of the table each
stacks     the engines and the archive's pages, a module each
worker     one measurement in a process of its own
paired     what comparing two texts costs
read       what it costs to show a speech; runs alone, on any archive
reused     what the same words across an archive cost; runs alone as well, with 10,000 speeches
repeating  made-up texts that repeat each other
measure    clocks, sizes, memory
oracle     brute force over the texts: what is really there
ranking    how well answers are ranked; runs alone as well
tables     Markdown
"""
