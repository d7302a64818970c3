from archive import search
from archive.search import Query


def test_seeds(seeds):
    r = search.find(Query("党建"))
    assert not r.degraded
    assert sum(h.hits for h in r.hits) == 124
