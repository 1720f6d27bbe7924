-- title: The largest fleets
-- description: For each company the latest level that it is reported to operate, the largest first.
-- param: kind text = machines: What to compare: machines, hashrate (PH/s), power (MW) or sites.

with levels as (
    select
        *,
        coalesce(date_start, published_day) as as_of,
        row_number() over (
            partition by company_id
            order by coalesce(date_start, published_day) desc, published_day desc, value desc
        ) as place_in_time
    from company_facts
    where event_type = 'fleet' and status = 'actual' and kind = :kind
)
select company, value, unit, qualifier, as_of, jurisdiction, words, title, url
from levels
where place_in_time = 1
order by value desc, company
