-- title: Power notices by place
-- description: How many stories of cuts, curtailments, restorations, refusals and tariffs each jurisdiction has, the
--   most first; an event that several articles report counts once.
-- param: since day = today-365: First day on which a story was reported.

select
    story_rows.jurisdiction,
    jurisdictions.name as place,
    count(*) as notices,
    count(*) filter (where action = 'cut') as cuts,
    count(*) filter (where action = 'curtail') as curtailments,
    count(*) filter (where action = 'restore') as restorations,
    count(*) filter (where action = 'refuse') as refusals,
    count(*) filter (where action = 'tariff') as tariffs,
    max(last_reported) as last_reported
from story_rows
join jurisdictions on jurisdictions.code = story_rows.jurisdiction
where type = 'power_notice' and status in ('actual', 'planned') and last_reported >= :since
group by story_rows.jurisdiction
order by notices desc, story_rows.jurisdiction
