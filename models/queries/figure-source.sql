-- title: Where a figure comes from
-- description: Every article that states a value of a company, with the sentence, the offsets of the words
--   in the article's text, and the link. Values within half a percent are the same figure.
-- param: company text: The start of a company's name.
-- param: value number: The value, in the unit of its kind, such as 18.2 for 18.2 PH/s.
-- param: kind text = : machines, hashrate, power, money, coins …; empty for all.

select
    facts.company, facts.event_type, facts.status, facts.kind, facts.value, facts.unit, facts.qualifier,
    facts.words, quantities.span_start, quantities.span_end, facts.quote, facts.title, facts.published,
    facts.url
from facts
join quantities on quantities.id = facts.quantity_id
where
    facts.company like :company || '%'
    and abs(facts.value - :value) <= 0.005 * abs(:value)
    and (:kind = '' or facts.kind = :kind)
order by facts.published_day, facts.quantity_id
