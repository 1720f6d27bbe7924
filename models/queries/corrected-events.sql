-- title: Corrections by hand
-- description: What was corrected, the latest first: the event as it was extracted, what changed, by whom and why. A
--   correction is lost while the article does not have its words.
-- param: author text = : The start of the author's name; empty for all.

select
    made_at, author, action, event ->> '$.type' as extracted_type, event ->> '$.company' as extracted_company, figure,
    changes, reason, iif(is_lost, 'lost', 'in effect') as state, event ->> '$.quote' as quote, article_url as url, id
from corrections
where coalesce(author, '') like :author || '%'
order by id desc
