-- title: The latest events
-- description: What the articles of the last days report, the newest first, with its figures as printed, and the
--   key by which `rigwire correct` names an event.
-- param: since day = today-30: First day of the articles.
-- param: type text = : An event type such as order or power_notice; empty for all.

select
    articles.published,
    events.type,
    events.status,
    coalesce(company.name, events.company_text) as company,
    coalesce(counterparty.name, events.counterparty_text) as counterparty,
    events.jurisdiction,
    events.date,
    (select group_concat(text, '; ') from quantities where event_id = events.id) as figures,
    events.quote,
    articles.canonical_url as url,
    events.key as event
from articles
cross join events on events.article_id = articles.id
left join companies as company on company.id = events.company_id
left join companies as counterparty on counterparty.id = events.counterparty_id
where
    articles.same_text_as is null
    and coalesce(articles.published_day, substr(articles.first_seen, 1, 10)) >= :since
    and (:type = '' or events.type = :type)
order by
    coalesce(articles.published_day, substr(articles.first_seen, 1, 10)) desc, articles.id desc, events.id
