-- title: Sites and machines shut down
-- description: What was closed or stopped, or was ordered to, the newest first; sites and machines where
--   stated.
-- param: since day = 2009-01-03: First day, by the date of the closing, or else of the article.
-- param: jurisdiction text = : A code such as CN-SC, or its start such as CN; empty for all.

select
    events.day,
    events.jurisdiction,
    coalesce(company.name, events.company_text) as company,
    coalesce(counterparty.name, events.counterparty_text) as ordered_by,
    events.status,
    events.site,
    (select max(value) from quantities where event_id = events.id and kind = 'sites') as sites,
    (select max(value) from quantities where event_id = events.id and kind = 'machines') as machines,
    events.quote,
    articles.canonical_url as url,
    events.key as event
from events
join articles on articles.id = events.article_id
left join companies as company on company.id = events.company_id
left join companies as counterparty on counterparty.id = events.counterparty_id
where
    articles.same_text_as is null
    and events.type = 'shutdown'
    and events.status <> 'cancelled'
    and coalesce(events.day, :since) >= :since
    and coalesce(events.jurisdiction, '') like :jurisdiction || '%'
order by events.day desc, events.id
