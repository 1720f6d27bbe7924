-- title: What changed this week
-- description: Articles that were stored for the first time or edited since a day, the newest change first.
-- param: since day = today-7: First day of the change.

select
    articles.changed_at,
    iif(articles.revision = 1, 'new', 'edited') as change,
    articles.title,
    coalesce(sources.name, articles.site) as source,
    (select count(*) from events where events.article_id = articles.id) as events,
    before.title as title_before,
    articles.extracted,
    articles.canonical_url as url
from articles
left join sources on sources.id = articles.source_id
left join article_revisions as before
    on before.article_id = articles.id and before.revision = articles.revision - 1
where articles.changed_at >= :since
order by articles.changed_at desc, articles.id desc
