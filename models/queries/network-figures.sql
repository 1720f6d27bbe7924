-- title: Figures of whole networks and countries
-- description: Share of the hashrate, hashrate and load of the network or of a country, by the date they
--   are stated for.
-- param: jurisdiction text = : A code such as KZ; empty for all.
-- param: kind text = : share, hashrate or power; empty for all.

select
    coalesce(date_start, published_day) as day,
    jurisdiction, place, kind, value, unit, qualifier, status, words, quote, url
from facts
where
    event_type = 'network'
    and coalesce(jurisdiction, '') like :jurisdiction || '%'
    and (:kind = '' or kind = :kind)
order by day, quantity_id
