-- title: Figures of whole networks and countries
-- description: Share of the hashrate, hashrate and load of the network or of a country, by the date they
--   are stated for.
-- param: jurisdiction text = : A code such as KZ; empty for all.
-- param: kind text = : share, hashrate or power; empty for all.

select
    fact_rows.day, fact_rows.jurisdiction, jurisdictions.name as place, fact_rows.kind, fact_rows.value,
    fact_rows.unit, quantities.qualifier, fact_rows.status, quantities.text as words, events.quote,
    articles.canonical_url as url
from fact_rows
join quantities on quantities.id = fact_rows.quantity_id
join events on events.id = fact_rows.event_id
join articles on articles.id = fact_rows.article_id
left join jurisdictions on jurisdictions.code = fact_rows.jurisdiction
where
    fact_rows.event_type = 'network'
    and coalesce(fact_rows.jurisdiction, '') like :jurisdiction || '%'
    and (:kind = '' or fact_rows.kind = :kind)
order by fact_rows.day, fact_rows.quantity_id
