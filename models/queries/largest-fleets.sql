-- title: The largest fleets
-- description: For each company the latest level that it is reported to operate, the largest first.
-- param: kind text = machines: What to compare: machines, hashrate (PH/s), power (MW) or sites.

with levels as (
    select (
        select quantity_id from fact_rows
        where company_id = companies.id and event_type = 'fleet' and status = 'actual' and kind = :kind
        order by day desc, published_day desc, value desc, quantity_id desc
        limit 1
    ) as quantity_id
    from companies
)
select
    fact_rows.company, fact_rows.value, fact_rows.unit, quantities.qualifier, fact_rows.day as as_of,
    fact_rows.jurisdiction, quantities.text as words, articles.title, articles.canonical_url as url
from levels
join fact_rows on fact_rows.quantity_id = levels.quantity_id
join quantities on quantities.id = levels.quantity_id
join articles on articles.id = fact_rows.article_id
order by fact_rows.value desc, fact_rows.company
