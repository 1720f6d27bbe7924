-- title: Coins held, by company
-- description: For each company the latest number of coins that it is reported to hold, the largest first.
-- param: unit text = BTC: The coin.

with levels as (
    select (
        select quantity_id from fact_rows
        where
            company_id = companies.id and event_type = 'treasury' and status = 'actual' and kind = 'coins'
            and unit = :unit
        order by day desc, published_day desc, value desc, quantity_id desc
        limit 1
    ) as quantity_id
    from companies
)
select
    fact_rows.company, fact_rows.value as coins, fact_rows.unit, fact_rows.day as as_of, quantities.text as words,
    articles.title, articles.canonical_url as url
from levels
join fact_rows on fact_rows.quantity_id = levels.quantity_id
join quantities on quantities.id = levels.quantity_id
join articles on articles.id = fact_rows.article_id
order by coins desc, fact_rows.company
