"""The spaCy pipeline of models/config.cfg: text in, findings out."""

from functools import cache

from spacy.language import Language
from spacy.util import load_config, load_model_from_config

from rigwire.extract import components
from rigwire.extract.findings import Findings
from rigwire.extract.view import View
from rigwire.knowledge import models_dir


@cache
def load_pipeline(exclude: tuple[str, ...] = ()) -> Language:
    """Return the pipeline, its components registered, some of them left out."""
    return load_model_from_config(load_config(models_dir() / "config.cfg"), auto_fill=True, exclude=exclude)


def scan(text: str, title: str | None, published: str | None) -> View:
    """Run the pipeline over an article's text; `published` is ISO 8601 or None."""
    return run(load_pipeline(), text, title, published).view()


def run(pipeline: Language, text: str, title: str | None, published: str | None) -> Findings:
    """Return what the components of a pipeline find in a text."""
    with pipeline.memory_zone():  # else a worker would keep every new word of all articles
        doc = pipeline.make_doc(text)
        components.prepare(doc, text, title, published)
        return components.findings(pipeline(doc))
