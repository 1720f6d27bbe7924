-- One truth out of many reports. An event of an article is a report; reports of one event are a story. What stands
-- here is computed from the events, but for the decisions made by hand, and kept in step by `rigwire.store.stories`.

alter table companies add column parent_id integer references companies (id) on delete set null;
create index companies_parent on companies (parent_id);
create index companies_country on companies (country);

-- How an alias is known: the company's own name, another or a former one of the lexicon, or only from articles.
alter table company_aliases add column kind text not null default 'seen'
    check (kind in ('name', 'alias', 'former', 'seen'));

-- An article may call one company by several names.
create table article_names (
    article_id integer not null references articles (id) on delete cascade,
    company_id integer not null references companies (id),
    name text not null, -- as this article has it
    primary key (article_id, company_id, name)
) strict, without rowid;
insert into article_names select article_id, company_id, name from article_companies;
drop table article_companies;
alter table article_names rename to article_companies;
create index article_companies_company on article_companies (company_id);

-- A story with its best values: those that the most independent sources state, then the most exact, then the latest.
create table story_rows (
    id integer primary key autoincrement, -- never given to another story
    lead_event_id integer references events (id) on delete set null, -- whose words speak for the story
    type text not null,
    status text not null,
    company_id integer references companies (id) on delete set null,
    company text, -- the canonical name, or the words for an unnamed body
    counterparty_id integer references companies (id) on delete set null,
    counterparty text,
    jurisdiction text references jurisdictions (code),
    site text,
    date text, -- as in dates.value
    date_start text,
    date_end text,
    action text,
    issuer text,
    recipient text,
    notified text,
    effective text,
    until text,
    effective_day text,
    until_day text,
    machines real, -- the largest of several; story_figures has all
    sites real,
    hashrate_phs real,
    power_mw real,
    coins real,
    coin text,
    money real,
    currency text,
    first_reported text, -- days
    last_reported text,
    reports integer not null check (reports >= 1), -- events
    articles integer not null check (articles >= 1),
    sources integer not null check (sources >= 1), -- independent ones: outlets, copies of one text counted once
    disagreements integer not null check (disagreements >= 0)
) strict;
create index story_rows_lead on story_rows (lead_event_id);
create index story_rows_type on story_rows (type, status, last_reported);
create index story_rows_company on story_rows (company_id, type);
create index story_rows_counterparty on story_rows (counterparty_id);
create index story_rows_jurisdiction on story_rows (jurisdiction, type);
create index story_rows_date on story_rows (date_start);
create index story_rows_reported on story_rows (last_reported);
create index story_rows_force on story_rows (effective_day, until_day) where action is not null;
create index story_rows_sources on story_rows (sources);
create index story_rows_disagreements on story_rows (disagreements) where disagreements > 0;

-- Which story a report belongs to. A neighbourhood is all reports that are linked, directly or over others: what
-- happens in one changes no other.
create table story_members (
    event_id integer primary key references events (id) on delete cascade,
    story_id integer not null references story_rows (id) on delete cascade,
    neighbourhood integer not null,
    anchor text not null -- what decisions call the report; it survives another extraction
) strict;
create index story_members_story on story_members (story_id);
create index story_members_neighbourhood on story_members (neighbourhood);
create index story_members_anchor on story_members (anchor);

-- Where a report is looked for: by company, kind of event and country, figure, and the day of the article.
create table story_blocks (
    block text not null,
    day text not null, -- '' where the article has none
    event_id integer not null references events (id) on delete cascade,
    primary key (block, day, event_id)
) strict, without rowid;
create index story_blocks_event on story_blocks (event_id);

-- The best figures of a story, each as one of its reports states it.
create table story_figures (
    quantity_id integer primary key references quantities (id) on delete cascade,
    story_id integer not null references story_rows (id) on delete cascade,
    sources integer not null check (sources >= 1) -- independent ones that agree with it
) strict;
create index story_figures_story on story_figures (story_id);

-- What each report of a story says, slot by slot, for stories with several reports.
create table story_values (
    story_id integer not null references story_rows (id) on delete cascade,
    event_id integer not null references events (id) on delete cascade,
    slot text not null, -- 'date', 'effective', 'machines', 'money USD' …
    value text not null,
    number real,
    words text, -- as printed, where that says more
    is_best integer not null check (is_best in (0, 1)), -- it is the story's value
    agrees integer not null check (agrees in (0, 1)), -- with the story's value
    primary key (story_id, slot, event_id, value)
) strict, without rowid;
create index story_values_event on story_values (event_id);

-- Two values of one slot that can't both be right; `value` is the one that more speaks for.
create table story_conflicts (
    story_id integer not null references story_rows (id) on delete cascade,
    slot text not null,
    value text not null,
    other text not null,
    number real,
    other_number real,
    difference real, -- of the numbers, as a share of the larger
    sources integer not null, -- independent ones for `value`
    other_sources integer not null,
    primary key (story_id, slot, value, other)
) strict, without rowid;
create index story_conflicts_difference on story_conflicts (difference);

-- Merges and splits made by hand: two reports, by their anchors, that are one event or are not.
create table story_decisions (
    anchor text not null,
    other text not null,
    article_id integer not null references articles (id) on delete cascade,
    other_article_id integer not null references articles (id) on delete cascade,
    together integer not null check (together in (0, 1)),
    decided_at text not null,
    primary key (anchor, other),
    check (anchor < other)
) strict;
create index story_decisions_other on story_decisions (other);
create index story_decisions_article on story_decisions (article_id);
create index story_decisions_other_article on story_decisions (other_article_id);

-- Reports whose story is to be found, or found again. Whatever changes the events fills it.
create table story_queue (
    event_id integer primary key references events (id) on delete cascade
) strict;
insert into story_queue select id from events;

create trigger story_event_added after insert on events begin
    insert or ignore into story_queue (event_id) values (new.id);
end;

-- Another text counts as the same source, or as one of its own.
create trigger story_copies_changed after update of same_text_as on articles
when old.same_text_as is not new.same_text_as begin
    insert or ignore into story_queue (event_id) select id from events where article_id = new.id;
end;

create trigger story_report_removed after delete on story_members begin
    insert or ignore into story_queue (event_id)
    select event_id from story_members where neighbourhood = old.neighbourhood and event_id <> old.event_id;
    delete from story_rows where id = old.story_id
    and not exists (select 1 from story_members where story_id = old.story_id);
end;

create view stories as
select
    story_rows.id as story_id,
    story_rows.type as event_type,
    story_rows.status,
    story_rows.company,
    story_rows.counterparty,
    story_rows.jurisdiction,
    jurisdictions.name as place,
    story_rows.site,
    story_rows.date,
    story_rows.date_start,
    story_rows.date_end,
    story_rows.machines,
    story_rows.sites,
    story_rows.hashrate_phs,
    story_rows.power_mw,
    story_rows.coins,
    story_rows.coin,
    story_rows.money,
    story_rows.currency,
    story_rows.action,
    story_rows.issuer,
    story_rows.recipient,
    story_rows.notified,
    story_rows.effective,
    story_rows.until,
    story_rows.effective_day,
    story_rows.until_day,
    story_rows.sources,
    story_rows.articles,
    story_rows.reports,
    story_rows.disagreements,
    story_rows.first_reported,
    story_rows.last_reported,
    events.quote,
    articles.title,
    articles.canonical_url as url,
    story_rows.lead_event_id,
    story_rows.company_id,
    story_rows.counterparty_id
from story_rows
left join jurisdictions on jurisdictions.code = story_rows.jurisdiction
left join events on events.id = story_rows.lead_event_id
left join articles on articles.id = events.article_id;

-- The reports of a story side by side. `disagrees` lists the slots in which a report contradicts the story.
create view story_reports as
select
    story_members.story_id,
    articles.published,
    coalesce(sources.name, articles.site) as source,
    articles.title,
    articles.canonical_url as url,
    events.type as event_type,
    events.status,
    coalesce(company.name, events.company_text) as company,
    events.company_text as named_as,
    coalesce(counterparty.name, events.counterparty_text) as counterparty,
    events.jurisdiction,
    events.site,
    events.date,
    notices.action,
    notices.issuer,
    notices.recipient,
    notices.notified,
    notices.effective,
    notices.until,
    (select group_concat(text, '; ') from quantities where quantities.event_id = events.id) as figures,
    (
        select group_concat(slot, ', ') from (
            select distinct slot from story_values
            where story_values.event_id = events.id and story_values.story_id = story_members.story_id
            and not agrees
        )
    ) as disagrees,
    events.quote,
    events.confidence,
    articles.published_day,
    articles.source_id,
    events.span_start,
    events.span_end,
    events.article_id,
    events.id as event_id,
    events.company_id
from story_members
join events on events.id = story_members.event_id
join articles on articles.id = events.article_id
left join sources on sources.id = articles.source_id
left join notices on notices.event_id = events.id
left join companies as company on company.id = events.company_id
left join companies as counterparty on counterparty.id = events.counterparty_id;

-- Every disagreement: the value that more speaks for, and another that can't be right besides.
create view conflicts as
select
    story_conflicts.story_id,
    story_rows.type as event_type,
    story_rows.company,
    story_rows.jurisdiction,
    story_rows.date,
    story_conflicts.slot,
    story_conflicts.value,
    story_conflicts.other,
    story_conflicts.sources,
    story_conflicts.other_sources,
    story_conflicts.number,
    story_conflicts.other_number,
    story_conflicts.difference,
    (
        select group_concat(words, ' | ') from (
            select distinct words from story_values
            where story_values.story_id = story_conflicts.story_id and story_values.slot = story_conflicts.slot
            and story_values.value = story_conflicts.value
        )
    ) as words,
    (
        select group_concat(words, ' | ') from (
            select distinct words from story_values
            where story_values.story_id = story_conflicts.story_id and story_values.slot = story_conflicts.slot
            and story_values.value = story_conflicts.other
        )
    ) as other_words,
    articles.title,
    articles.canonical_url as url,
    story_rows.last_reported,
    story_rows.company_id
from story_conflicts
join story_rows on story_rows.id = story_conflicts.story_id
left join events on events.id = story_rows.lead_event_id
left join articles on articles.id = events.article_id;

-- Levels and targets of a company: what it had (`level`) or aims at (`target`, `withdrawn`), of machines, hashrate, power
-- or coins; `for_day` is the last day of the date that is stated, `said` the day on which it was reported.
create view guidance as
select
    story_rows.company,
    quantities.kind,
    case story_rows.status when 'actual' then 'level' when 'cancelled' then 'withdrawn' else 'target' end as what,
    story_rows.status,
    story_rows.first_reported as said,
    story_rows.date as for_date,
    coalesce(story_rows.date_end, story_rows.first_reported) as for_day,
    quantities.value,
    quantities.unit,
    quantities.qualifier,
    quantities.low,
    quantities.high,
    story_rows.jurisdiction,
    story_rows.site,
    story_figures.sources,
    quantities.text as words,
    events.quote,
    articles.title,
    articles.canonical_url as url,
    story_rows.id as story_id,
    quantities.id as quantity_id,
    story_rows.company_id
from story_rows
join story_figures on story_figures.story_id = story_rows.id
join quantities on quantities.id = story_figures.quantity_id
join events on events.id = quantities.event_id
join articles on articles.id = events.article_id
where
    story_rows.type in ('fleet', 'treasury')
    and quantities.kind in ('machines', 'hashrate', 'power', 'coins')
    and story_rows.company_id is not null;
