-- title: Hashrate of a company over time, with its targets
-- description: Every stated level, addition and target in PH/s, by the day for which it is stated, or else
--   the day of the article. A target is a planned level.
-- param: company text: The start of a name, or a ticker.

select
    coalesce(date_start, published_day) as day,
    company,
    case
        when event_type = 'deployment' then iif(status = 'actual', 'added', 'to be added')
        else iif(status = 'actual', 'level', 'target')
    end as what,
    status,
    value,
    unit,
    qualifier,
    date,
    words,
    published,
    title,
    url
from hashrates
where
    event_type in ('fleet', 'deployment')
    and company_id in (
        select company_id from company_aliases where alias like :company || '%'
        union select id from companies where ticker = :company
    )
order by day, published, event_id
