-- title: Deals and financings by amount
-- description: Financings, acquisitions, site and power deals with a stated sum, the largest first. Sums of
--   different currencies are not converted, so one currency is asked for at a time.
-- param: since day = today-365: First day of the articles.
-- param: currency text = USD: ISO 4217 code of the currency.

select
    articles.published, fact_rows.event_type, fact_rows.status, fact_rows.company, fact_rows.counterparty,
    fact_rows.value as amount, fact_rows.unit as currency, quantities.qualifier, quantities.text as words,
    events.quote, articles.canonical_url as url, events.key as event
from fact_rows
join quantities on quantities.id = fact_rows.quantity_id
join events on events.id = fact_rows.event_id
join articles on articles.id = fact_rows.article_id
where
    fact_rows.kind = 'money'
    and fact_rows.unit = :currency
    and fact_rows.event_type in ('financing', 'acquisition', 'site', 'power_deal')
    and +fact_rows.published_day >= :since -- not by this index: the largest come first
order by fact_rows.value desc, fact_rows.quantity_id
