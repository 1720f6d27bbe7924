-- title: Coins produced, by company and period
-- description: Coins that a company says it mined in a period. Reports of the same count for the same
--   period are one row; two counts for one period are two rows.
-- param: company text = : The start of a company's name; empty for all.
-- param: unit text = BTC: The coin.

select
    company,
    date as period,
    date_start,
    date_end,
    value as coins,
    unit,
    count(distinct article_id) as articles,
    min(published) as first_published,
    min(url) as url
from company_facts
where
    event_type = 'production'
    and kind = 'coins'
    and status = 'actual'
    and unit = :unit
    and company like :company || '%'
group by company_id, company, date, value
order by company, date_start, value
