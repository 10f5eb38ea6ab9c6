"""The engine for production and growth: Elasticsearch through `elasticsearch.dsl`."""

from search.engines.elastic.engine import ElasticEngine

__all__ = ["ElasticEngine"]
