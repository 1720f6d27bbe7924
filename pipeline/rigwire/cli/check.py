"""`rigwire check`: is the database sound?"""

import click

from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.store import check_database, open_database, repair_database


@click.command("check", cls=Verb)
@click.option("--repair", is_flag=True, help="First make the full-text index anew from the articles.")
@common_options
@pass_invocation
def command(invocation: Invocation, repair: bool) -> int:
    """Verify the database, and say of what is wrong what to do.

    Checked are the file itself, references between rows, that every offset gives back its words, the full-text index,
    and corrections whose words are gone. The exit code is 1 where something is wrong.
    """
    wrong = 0
    with open_database(invocation.settings.db) as store:
        if repair:
            repair_database(store)
        for name, findings in check_database(store):
            click.echo(f"{name}: {'ok' if not findings else f'{len(findings)} wrong'}")
            for finding in findings:
                click.echo(f"  {finding.problem}; {finding.advice}")
            wrong += len(findings)
    return 1 if wrong else 0
