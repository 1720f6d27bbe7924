-- Corrections by hand are kept apart: `events` holds what is right by them, `uncorrected` what the extractor said.

-- key names an event outside of this file and across extractions, see keys.py; by_hand says who is to be asked.
alter table events add column key text;
alter table events add column by_hand text check (by_hand in ('changed', 'added'));
update events set key = lower(hex(randomblob(8)));
create unique index events_key on events (key);
create index events_by_hand on events (by_hand) where by_hand is not null;

-- A correction is bound to an article by its URL and to an event by its words, so that it outlives an extraction.
create table corrections (
    id integer primary key autoincrement, -- the order in which they are applied
    article_url text not null references articles (canonical_url) on delete cascade on update cascade,
    action text not null check (action in ('change', 'strike', 'add')),
    event text not null check (json_valid(event)), -- as it was extracted, or as it is to be added
    figure text, -- the words of the quantity that is meant; null: the event itself
    changes text not null default '{}' check (json_valid(changes)), -- attributes with their values
    author text,
    reason text,
    made_at text not null,
    is_lost integer not null default 0 check (is_lost in (0, 1)), -- its words are no longer in the article
    check ((action = 'change') = (changes <> '{}'))
) strict;
create index corrections_article on corrections (article_url);
create index corrections_lost on corrections (is_lost) where is_lost;

-- The whole extraction of each corrected article as the extractor gave it, in the JSON of the codebook.
create table uncorrected (
    article_id integer primary key references articles (id) on delete cascade,
    extraction text not null check (json_valid(extraction)),
    extractor_version text not null
) strict;

drop view facts;
drop view power_notices;

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
    articles.source_id,
    events.key as event_key,
    events.by_hand
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
    events.company_id,
    events.key as event_key,
    events.by_hand
from notices
join events on events.id = notices.event_id
join articles on articles.id = events.article_id
left join companies as company on company.id = events.company_id
left join companies as counterparty on counterparty.id = events.counterparty_id
left join jurisdictions on jurisdictions.code = events.jurisdiction
where articles.same_text_as is null;
