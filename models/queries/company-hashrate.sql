-- title: Hashrate of a company over time, with its targets
-- description: Every stated level, addition and target in PH/s, by the day for which it is stated, or else
--   the day of the article. A target is a planned level; what was called off is withdrawn.
-- param: company text: The start of a name, or a ticker.

select
    fact_rows.day,
    fact_rows.company,
    case
        when fact_rows.status = 'cancelled' then 'withdrawn'
        when fact_rows.event_type = 'deployment' then iif(fact_rows.status = 'actual', 'added', 'to be added')
        else iif(fact_rows.status = 'actual', 'level', 'target')
    end as what,
    fact_rows.status,
    fact_rows.value,
    fact_rows.unit,
    quantities.qualifier,
    events.date,
    quantities.text as words,
    articles.published,
    articles.title,
    articles.canonical_url as url,
    events.key as event
from fact_rows
join quantities on quantities.id = fact_rows.quantity_id
join events on events.id = fact_rows.event_id
join articles on articles.id = fact_rows.article_id
where
    fact_rows.kind = 'hashrate'
    and fact_rows.event_type in ('fleet', 'deployment')
    and fact_rows.company_id in (
        select company_id from company_aliases where alias like :company || '%'
        union select id from companies where ticker = :company
    )
order by fact_rows.day, articles.published, fact_rows.event_id
