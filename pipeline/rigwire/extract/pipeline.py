"""The spaCy pipeline of models/config.cfg: text in, findings out."""

from functools import cache

from spacy.language import Language
from spacy.util import load_config, load_model_from_config

from rigwire.extract import components
from rigwire.extract.view import View
from rigwire.knowledge import models_dir


@cache
def load_pipeline() -> Language:
    """Return the pipeline, its components registered."""
    return load_model_from_config(load_config(models_dir() / "config.cfg"), auto_fill=True)


def scan(text: str, title: str | None, published: str | None) -> View:
    """Run the pipeline over an article's text; `published` is ISO 8601 or None."""
    pipeline = load_pipeline()
    doc = pipeline.make_doc(text)
    components.prepare(doc, text, title, published)
    return components.findings(pipeline(doc)).view()
