-- title: Machines ordered, by maker and model
-- description: Machines in orders that were placed, added up by seller and model. The same count of the
--   same buyer in the same month is added once, however many articles report it.
-- param: since day = 2009-01-03: First day, by the date of the order, or else of the article.
-- param: until day = today: Last day.

with orders as (
    select distinct
        counterparty, model, company, value,
        substr(day, 1, 7) as month
    from fact_rows
    where
        kind = 'machines'
        and event_type = 'order'
        and status = 'actual'
        and coalesce(day, :until) between :since and :until
)
select
    coalesce(counterparty, 'not stated') as maker,
    coalesce(model, 'not stated') as model,
    sum(value) as machines,
    count(*) as orders,
    count(distinct company) as buyers
from orders
group by 1, 2
order by machines desc, maker, model
