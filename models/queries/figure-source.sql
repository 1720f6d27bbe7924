-- title: Where a figure comes from
-- description: Every article that states a value of a company, with the sentence, the offsets of the words
--   in the article's text, and the link. Values within half a percent are the same figure.
-- param: company text: The start of a company's name.
-- param: value number: The value, in the unit of its kind, such as 18.2 for 18.2 PH/s.
-- param: kind text = : machines, hashrate, power, money, coins …; empty for all.

with named as (
    select fact_rows.quantity_id
    from companies
    join fact_rows on fact_rows.company_id = companies.id
    where
        companies.name like :company || '%'
        and fact_rows.kind in (
            'machines', 'hashrate', 'power', 'sites', 'money', 'coins', 'share', 'energy', 'energy_price', 'efficiency'
        )
        and fact_rows.value between :value - 0.005 * abs(:value) and :value + 0.005 * abs(:value)
),
unnamed as (
    select quantity_id
    from fact_rows
    where
        company_id is null
        and kind in (
            'machines', 'hashrate', 'power', 'sites', 'money', 'coins', 'share', 'energy', 'energy_price', 'efficiency'
        )
        and value between :value - 0.005 * abs(:value) and :value + 0.005 * abs(:value)
        and company like :company || '%'
)
select
    fact_rows.company, fact_rows.event_type, fact_rows.status, fact_rows.kind, fact_rows.value, fact_rows.unit,
    quantities.qualifier, quantities.text as words, quantities.span_start, quantities.span_end, events.quote,
    articles.title, articles.published, articles.canonical_url as url
from (select quantity_id from named union all select quantity_id from unnamed) as found
join fact_rows on fact_rows.quantity_id = found.quantity_id
join quantities on quantities.id = found.quantity_id
join events on events.id = fact_rows.event_id
join articles on articles.id = fact_rows.article_id
where :kind = '' or fact_rows.kind = :kind
order by fact_rows.published_day, fact_rows.quantity_id
