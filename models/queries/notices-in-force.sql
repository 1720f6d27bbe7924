-- title: Power notices in force on a day, by jurisdiction
-- description: Cuts, curtailments, refusals and tariffs that have begun by that day and have not ended; a
--   later "restore" for the same place ends what the same issuer, or an issuer not named, began. A notice
--   without an effective day counts from the article's day if it is said to be in effect.
-- param: day day = today: The day to look at.
-- param: jurisdiction text = : A code such as US-TX, or its start such as US; empty for all.

with begun as (
    select
        notices.event_id, events.jurisdiction, notices.issuer,
        coalesce(notices.effective_day, iif(events.status = 'actual', articles.published_day, null)) as since
    from notices
    join events on events.id = notices.event_id
    join articles on articles.id = events.article_id
    where
        articles.same_text_as is null
        and events.status in ('actual', 'planned')
        and notices.action <> 'restore'
        and coalesce(notices.until_day, '9999-12-31') >= :day
        and coalesce(events.jurisdiction, '') like :jurisdiction || '%'
),
ends as materialized (
    select events.jurisdiction, notices.issuer, notices.effective_day as day
    from notices
    join events on events.id = notices.event_id
    join articles on articles.id = events.article_id
    where
        articles.same_text_as is null
        and notices.action = 'restore'
        and events.status in ('actual', 'planned')
        and notices.effective_day <= :day
),
in_force as (
    select event_id, jurisdiction, since
    from begun
    where
        since <= :day
        and not exists (
            select 1 from ends
            where
                ends.jurisdiction = begun.jurisdiction
                and ends.day > begun.since
                and (ends.issuer is null or begun.issuer is null or ends.issuer = begun.issuer)
        )
    order by jurisdiction, since, event_id
    limit -1 -- keeps the order, so that details are looked up of the rows that are asked for alone
)
select
    power_notices.jurisdiction, place, action, status, issuer, recipient, company, in_force.since, effective, until,
    power_mw, machines, sites, quote, title, url, event_key as event
from in_force
cross join power_notices on power_notices.event_id = in_force.event_id
