-- title: The reports of a story, side by side
-- description: What each article says of one event, and in what it contradicts the story.
-- param: story integer: The id of the story, such as changed-stories shows.

select
    published, source, status, named_as, date, effective, until, figures, disagrees, quote, url
from story_reports
where story_id = :story
order by published, event_id
