"""`python -m rigwire`: the command line."""

from rigwire.cli.main import main

main()
