-- title: Stories of this week
-- description: Stories that were reported since a day, the latest first: one row an event, however many articles
--   tell it, with its best values and how many independent sources say so.
-- param: since day = today-7: First day.
-- param: type text = : An event type such as order or power_notice; empty for all.

select
    last_reported, first_reported, iif(first_reported >= :since, 'new', 'again') as news, event_type, status, company,
    counterparty, jurisdiction, date, machines, hashrate_phs, power_mw, money, currency, sources, disagreements, quote,
    url, story_id
from stories
where last_reported >= :since and (:type = '' or event_type = :type)
order by last_reported desc, story_id desc
