"""The alerts of a run: what is new by their queries goes into the outbox, and from there to its channel.

An event is noted as sent when the other side has taken it. So a kill in between sends it once more, with the same key,
and nothing is lost.
"""

import logging

from rigwire.run.channels import NotSentError, send
from rigwire.run.context import Context
from rigwire.store import begin_alert, due_alerts, note_matches, note_sent, note_unsent

log = logging.getLogger(__name__)


def begin_alerts(context: Context) -> None:
    """Make the alerts of the settings known before anything is stored. Raises `UsageError` for a wrong one."""
    for alert in context.settings.alerts:
        begin_alert(context.store, alert.name, alert.query, alert.params, context.clock())


def send_alerts(context: Context) -> None:
    """Send the events that are new and those that wait. What can't be sent is counted; a later run tries it again.

    A channel that does not take one event is not asked to take others in the same run.
    """
    alerts = {alert.name: alert for alert in context.settings.alerts}
    for alert in alerts.values():
        note_matches(context.store, alert.name, alert.query, alert.params, context.clock())
    failing: set[str] = set()
    for waiting in due_alerts(context.store, alerts, context.clock()):
        if waiting.alert in failing:
            context.tally.counts["alerts_failed"] += 1
            continue
        try:
            send(alerts[waiting.alert], waiting, context.settings)
        except NotSentError as error:
            failing.add(waiting.alert)
            note_unsent(context.store, waiting, str(error), context.clock())
            context.tally.counts["alerts_failed"] += 1
            log.warning("%s; it is tried again", error)
        else:
            note_sent(context.store, waiting, context.clock())
            context.tally.counts["alerts_sent"] += 1
