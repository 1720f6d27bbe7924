-- title: Sources that fail
-- description: Feeds whose last fetch failed, and sources with articles that could not be read.
-- param: failures integer = 1: Least number of failed fetches in a row.

select
    sources.id as source,
    feed_state.url as feed,
    feed_state.failures,
    feed_state.error,
    feed_state.last_success,
    feed_state.next_due,
    (select count(*) from items where items.feed_url = feed_state.url and state = 'failed') as failed_articles
from feed_state
join sources on sources.id = feed_state.source_id
where sources.active and (feed_state.failures >= :failures or failed_articles > 0)
order by feed_state.failures desc, failed_articles desc, source
