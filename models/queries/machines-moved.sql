-- title: Machines moved, by origin and destination
-- description: Machines delivered, added up by the places that they leave and arrive at. The origin is the place
--   that the sentence says they come from. The same count of the same company on the same way in the same month
--   is added once, however many articles report it.
-- param: status text = actual: Which deliveries: actual, planned, proposed or cancelled.
-- param: since day = 2009-01-03: First day, by the date of the delivery, or else of the article.
-- param: until day = today+3650: Last day.

with moves as (
    select
        origin, jurisdiction, company, value,
        substr(day, 1, 7) as month,
        count(distinct article_id) as articles
    from fact_rows
    where
        kind = 'machines'
        and event_type = 'delivery'
        and status = :status
        and coalesce(day, :until) between :since and :until
    group by origin, jurisdiction, company, value, month
)
select
    coalesce(moves.origin, 'not stated') as origin,
    coalesce(moves.jurisdiction, 'not stated') as jurisdiction,
    jurisdictions.name as place,
    sum(moves.value) as machines,
    count(*) as deliveries,
    max(moves.articles) as most_articles
from moves
left join jurisdictions on jurisdictions.code = moves.jurisdiction
group by moves.origin, moves.jurisdiction
order by machines desc, moves.origin, moves.jurisdiction
