-- title: Megawatts announced against megawatts energised, by company
-- description: For each company the largest capacity that it has planned, contracted or begun to build, and
--   the largest that it has said to be in operation. Levels and additions are not added up, so no megawatt
--   counts twice.
-- param: company text = : The start of a company's name; empty for all.

select
    company,
    max(value) filter (where status = 'planned' or event_type in ('site', 'power_deal')) as announced_mw,
    max(value) filter (where status = 'actual' and event_type in ('fleet', 'deployment')) as energised_mw,
    count(distinct article_id) as articles
from fact_rows
where
    kind = 'power'
    and company_id is not null
    and status in ('actual', 'planned')
    and event_type in ('fleet', 'deployment', 'site', 'power_deal')
    and company like :company || '%'
group by company_id
order by coalesce(announced_mw, energised_mw) desc, company
