-- title: Articles about a company
-- description: Articles that name it, the newest first, with the names that each uses and how often.
-- param: company text: The start of a name, or a ticker.

select
    articles.published,
    companies.name as company,
    group_concat(article_companies.name, ', ') as named_as,
    (
        select count(*) from mentions
        where mentions.article_id = articles.id and mentions.company_id = companies.id
    ) as mentions,
    (
        select count(*) from events
        where events.article_id = articles.id and companies.id in (events.company_id, events.counterparty_id)
    ) as events,
    articles.title,
    articles.canonical_url as url
from article_companies
join articles on articles.id = article_companies.article_id
join companies on companies.id = article_companies.company_id
where
    companies.id in (
        select company_id from company_aliases where alias like :company || '%'
        union select id from companies where ticker = :company
    )
group by articles.id, companies.id
order by articles.published_day desc, articles.id desc
