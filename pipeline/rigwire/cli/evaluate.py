"""`rigwire evaluate`: the scores of the extractor on annotated documents."""

from pathlib import Path

import click

from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.cli.output import to_json
from rigwire.cli.reading import Failures
from rigwire.errors import UsageError

BREAKDOWNS = ("kind", "doc", "confidence")
FORMATS = ("table", "json")


@click.command("evaluate", cls=Verb)
@click.argument("gold_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--errors", is_flag=True, help="Also say what was missed and what is wrong, with its words.")
@click.option("--by", type=click.Choice(BREAKDOWNS), default="kind", show_default=True, help="The rows.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@common_options
@pass_invocation
def command(_invocation: Invocation, gold_dir: Path, errors: bool, by: str, form: str) -> int:
    """Print how well `extract` does on the annotated documents in GOLD_DIR, or how well stories are told.

    GOLD_DIR holds one JSON file a document: its text or html, and in "gold" what is to be found in it. Or it holds
    files of annotated stories, then the scores are those of gathering events into stories.
    """
    from rigwire.evaluation import evaluate, read_gold
    from rigwire.evaluation.report import report_json, report_lines
    from rigwire.evaluation.story_gold import story_corpora
    from rigwire.evaluation.story_report import stories_json, stories_lines, story_scores

    if corpora := story_corpora(gold_dir):
        if by != BREAKDOWNS[0]:
            raise UsageError("annotated stories have no breakdown; leave out --by")
        scores = story_scores(corpora)
        if form == "json":
            click.echo(to_json(stories_json(scores, errors=errors), indent=2))
        else:
            click.echo("\n".join(stories_lines(scores, errors=errors)))
        return 0
    failures = Failures()
    evaluation = evaluate(read_gold(gold_dir))
    for error in evaluation.failures:
        failures.add(error)
    if form == "json":
        click.echo(to_json(report_json(evaluation, by, errors=errors), indent=2))
    else:
        for line in report_lines(evaluation, by, errors=errors):
            click.echo(line)
    return 1 if failures.count else 0
