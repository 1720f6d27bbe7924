-- title: Coins produced, by company and period
-- description: Coins that a company says it mined in a period. Reports of the same count for the same
--   period are one row; two counts for one period are two rows.
-- param: company text = : The start of a company's name; empty for all.
-- param: unit text = BTC: The coin.

select
    produced.company, produced.period, produced.date_start, produced.date_end, produced.coins, produced.unit,
    produced.articles, produced.first_published, articles.canonical_url as url
from (
    select
        company, max(date) as period, date_start, date_end, value as coins, unit,
        count(distinct article_id) as articles,
        min(published_day) as first_published,
        min(article_id) as article_id
    from fact_rows
    where
        event_type = 'production'
        and kind = 'coins'
        and status = 'actual'
        and unit = :unit
        and company_id is not null
        and company like :company || '%'
    group by company, date_start, date_end, value
    order by company, date_start, date_end, value
    limit -1 -- keeps the order, so that only what is asked for is added up
) as produced
cross join articles on articles.id = produced.article_id
