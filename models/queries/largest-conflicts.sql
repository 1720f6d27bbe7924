-- title: The largest conflicts between reports of one event
-- description: Two values that can't both be right, by how far apart they are as a share of the larger, with the
--   words of both sides and how many independent sources each has.
-- param: since day = 2009-01-03: First day on which the story was last reported.
-- param: slot text = : What differs: machines, power, hashrate, date, effective …; empty for all.

select
    story_id, event_type, company, jurisdiction, slot, value, other, difference, sources, other_sources, words,
    other_words, last_reported, title, url
from conflicts
where difference is not null and last_reported >= :since and (:slot = '' or slot = :slot)
order by difference desc
