-- title: What a company did and suffered, over time
-- description: Every event in which it is the company or the other party, the latest first, with its figures
--   as printed.
-- param: company text: The start of a name, or a ticker.

with firms as (
    select company_id as id from company_aliases where alias like :company || '%'
    union select id from companies where ticker = :company
),
own as (
    select id from events where company_id in (select id from firms)
    union select id from events where counterparty_id in (select id from firms)
),
in_time as (
    select events.id, events.day
    from own join events on events.id = own.id join articles on articles.id = events.article_id
    where articles.same_text_as is null
    order by events.day desc, events.id
    limit -1 -- keeps the order, so that details are looked up of the rows that are asked for alone
)
select
    in_time.day,
    events.type,
    events.status,
    coalesce(company.name, events.company_text) as company,
    coalesce(counterparty.name, events.counterparty_text) as counterparty,
    events.jurisdiction,
    (select group_concat(text, '; ') from quantities where event_id = events.id) as figures,
    events.quote,
    articles.canonical_url as url,
    events.key as event
from in_time
cross join events on events.id = in_time.id
cross join articles on articles.id = events.article_id
left join companies as company on company.id = events.company_id
left join companies as counterparty on counterparty.id = events.counterparty_id
