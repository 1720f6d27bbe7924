-- title: Power notices in force on a day, by jurisdiction
-- description: Cuts, curtailments, refusals and tariffs that have begun by that day and have not ended; a
--   later "restore" for the same place ends what the same issuer, or an issuer not named, began. A notice
--   without an effective day counts from the article's day if it is said to be in effect.
-- param: day day = today: The day to look at.
-- param: jurisdiction text = : A code such as US-TX, or its start such as US; empty for all.

with begun as (
    select *, coalesce(effective_day, iif(status = 'actual', published_day, null)) as since
    from power_notices
    where status in ('actual', 'planned') and action <> 'restore'
)
select
    jurisdiction, place, action, status, issuer, recipient, company, since, effective, until,
    power_mw, machines, sites, quote, title, url
from begun
where
    since <= :day
    and coalesce(until_day, '9999-12-31') >= :day
    and coalesce(jurisdiction, '') like :jurisdiction || '%'
    and not exists (
        select 1 from power_notices as ended
        where
            ended.action = 'restore'
            and ended.status in ('actual', 'planned')
            and ended.jurisdiction = begun.jurisdiction
            and (ended.issuer is null or begun.issuer is null or ended.issuer = begun.issuer)
            and ended.effective_day > begun.since
            and ended.effective_day <= :day
    )
order by jurisdiction, since, event_id
