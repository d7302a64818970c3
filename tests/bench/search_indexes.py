"""The plain stack's index: the whole text in one field."""

from haystack import indexes
from jieba.analyse import ChineseAnalyzer

from archive.models import Speech


class PlainIndex(indexes.SearchIndex, indexes.Indexable):
    text = indexes.CharField(document=True, model_attr="text", analyzer=ChineseAnalyzer())

    def get_model(self) -> type[Speech]:
        return Speech
