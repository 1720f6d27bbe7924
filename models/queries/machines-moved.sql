-- title: Machines moved, by destination
-- description: Machines delivered, added up by the place where they arrive. The same count of the same
--   company at the same place in the same month is added once, however many articles report it.
-- param: status text = actual: Which deliveries: actual, planned, proposed or cancelled.
-- param: since day = 2009-01-03: First day, by the date of the delivery, or else of the article.
-- param: until day = today+3650: Last day.

with moves as (
    select
        jurisdiction, place, company, value,
        substr(coalesce(date_start, published_day), 1, 7) as month,
        count(distinct article_id) as articles
    from machine_counts
    where
        event_type = 'delivery'
        and status = :status
        and coalesce(date_start, published_day, :until) between :since and :until
    group by jurisdiction, place, company, value, month
)
select
    coalesce(jurisdiction, 'not stated') as jurisdiction,
    place,
    sum(value) as machines,
    count(*) as deliveries,
    max(articles) as most_articles
from moves
group by jurisdiction, place
order by machines desc
