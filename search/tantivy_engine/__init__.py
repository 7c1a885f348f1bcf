from search.tantivy_engine.engine import TantivyEngine

__all__ = ["TantivyEngine"]
