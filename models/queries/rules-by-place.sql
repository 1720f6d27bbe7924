-- title: Laws, licences, bans, raids and fines, by place
-- description: Regulation and enforcement, sorted by jurisdiction, the newest first inside each.
-- param: since day = 2009-01-03: First day, by the date of the act, or else of the article.
-- param: jurisdiction text = : A code such as US-NY, or its start such as US; empty for all.

select
    events.jurisdiction,
    jurisdictions.name as place,
    events.day,
    events.type,
    events.status,
    coalesce(counterparty.name, events.counterparty_text) as authority,
    coalesce(company.name, events.company_text) as company,
    events.quote,
    articles.canonical_url as url,
    events.key as event
from events
join articles on articles.id = events.article_id
left join jurisdictions on jurisdictions.code = events.jurisdiction
left join companies as company on company.id = events.company_id
left join companies as counterparty on counterparty.id = events.counterparty_id
where
    articles.same_text_as is null
    and events.type in ('regulation', 'enforcement')
    and coalesce(events.day, :since) >= :since
    and coalesce(events.jurisdiction, '') like :jurisdiction || '%'
order by events.jurisdiction, events.day desc, events.id
