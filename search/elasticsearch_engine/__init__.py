from search.elasticsearch_engine.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
