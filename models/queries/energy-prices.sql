-- title: Prices of electricity, by place
-- description: What a kilowatt-hour is said to cost, the latest first; a currency at a time.
-- param: currency text = USD: ISO 4217 code of the currency.
-- param: jurisdiction text = : A code such as US-TX, or its start such as US; empty for all.

select
    fact_rows.published_day, fact_rows.jurisdiction, jurisdictions.name as place, fact_rows.company,
    fact_rows.event_type, fact_rows.status, fact_rows.value, fact_rows.unit, quantities.qualifier,
    quantities.text as words, events.quote, articles.canonical_url as url
from fact_rows
join quantities on quantities.id = fact_rows.quantity_id
join events on events.id = fact_rows.event_id
join articles on articles.id = fact_rows.article_id
left join jurisdictions on jurisdictions.code = fact_rows.jurisdiction
where
    fact_rows.kind = 'energy_price'
    and fact_rows.unit = :currency || '/kWh'
    and coalesce(fact_rows.jurisdiction, '') like :jurisdiction || '%'
order by fact_rows.published_day desc, fact_rows.quantity_id
