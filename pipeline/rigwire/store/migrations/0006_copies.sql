-- The same text on several sites. Of a group of copies one counts: the others point to it and are left out of the views.
alter table articles add column same_text_as integer references articles (id) on delete set null;
create index articles_same_text on articles (same_text_as) where same_text_as is not null;

-- MinHash bands, see wording.py: texts that are alike have one in common.
create table text_bands (
    band integer not null,
    article_id integer not null references articles (id) on delete cascade,
    primary key (band, article_id)
) strict, without rowid;
create index text_bands_article on text_bands (article_id);

-- The pairs of articles that have the same text, each pair both ways round.
create table same_texts (
    article_id integer not null references articles (id) on delete cascade,
    other_id integer not null references articles (id) on delete cascade,
    primary key (article_id, other_id)
) strict, without rowid;
create index same_texts_other on same_texts (other_id);

drop view facts;
drop view power_notices;
drop view latest_articles;

create view facts as
select
    quantities.id as quantity_id,
    events.id as event_id,
    articles.id as article_id,
    coalesce(company.name, events.company_text) as company,
    events.company_id,
    coalesce(counterparty.name, events.counterparty_text) as counterparty,
    events.counterparty_id,
    events.jurisdiction,
    jurisdictions.name as place,
    events.site,
    events.type as event_type,
    events.status,
    events.date,
    events.date_start,
    events.date_end,
    quantities.kind,
    quantities.value,
    quantities.unit,
    quantities.qualifier,
    quantities.low,
    quantities.high,
    quantities.currency,
    quantities.model,
    quantities.metric,
    quantities.text as words,
    events.quote,
    events.confidence,
    articles.title,
    articles.canonical_url as url,
    articles.published,
    articles.published_day,
    articles.source_id
from quantities
join events on events.id = quantities.event_id
join articles on articles.id = events.article_id
left join companies as company on company.id = events.company_id
left join companies as counterparty on counterparty.id = events.counterparty_id
left join jurisdictions on jurisdictions.code = events.jurisdiction
where articles.same_text_as is null;

create view power_notices as
select
    notices.action,
    notices.issuer,
    notices.recipient,
    coalesce(company.name, events.company_text) as company,
    coalesce(counterparty.name, events.counterparty_text) as counterparty,
    events.jurisdiction,
    jurisdictions.name as place,
    events.status,
    notices.notified,
    notices.effective,
    notices.until,
    notices.effective_day,
    notices.until_day,
    (select max(value) from quantities where event_id = events.id and kind = 'machines') as machines,
    (select max(value) from quantities where event_id = events.id and kind = 'sites') as sites,
    (select max(value) from quantities where event_id = events.id and kind = 'power') as power_mw,
    events.quote,
    events.confidence,
    articles.title,
    articles.canonical_url as url,
    articles.published,
    articles.published_day,
    articles.source_id,
    events.article_id,
    events.id as event_id,
    events.company_id
from notices
join events on events.id = notices.event_id
join articles on articles.id = events.article_id
left join companies as company on company.id = events.company_id
left join companies as counterparty on counterparty.id = events.counterparty_id
left join jurisdictions on jurisdictions.code = events.jurisdiction
where articles.same_text_as is null;

create view latest_articles as
select
    articles.published,
    articles.title,
    coalesce(sources.name, articles.site) as source,
    articles.language,
    articles.extracted,
    (select count(*) from articles as copy where copy.same_text_as = articles.id) as copies,
    (select count(*) from events where events.article_id = articles.id) as events,
    articles.canonical_url as url,
    articles.revision,
    articles.first_seen,
    articles.changed_at,
    articles.published_day,
    articles.source_id,
    articles.id as article_id
from articles
left join sources on sources.id = articles.source_id
where articles.kind = 'article' and articles.same_text_as is null
order by coalesce(articles.published_day, substr(articles.first_seen, 1, 10)) desc, articles.id desc;
