-- title: What a company said that it would reach, and what it reached
-- description: Levels and targets in the order in which they were stated, each once however many articles report it,
--   with the number of independent sources. The firms that belong to the company are included.
-- param: company text: The start of a name, former ones included, or a ticker.
-- param: kind text = hashrate: hashrate, power, machines or coins.
-- param: since day = 2009-01-03: The first day on which it was said.

with recursive firms (id) as (
    select company_id from company_aliases where alias like :company || '%'
    union select id from companies where ticker = :company
    union select companies.id from companies join firms on companies.parent_id = firms.id
)
select said, company, what, value, unit, qualifier, for_date, for_day, sources, words, title, url
from guidance
where company_id in (select id from firms) and kind = :kind and coalesce(said, :since) >= :since
order by said, for_day, value
