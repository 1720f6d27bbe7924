-- What named queries add up and sort, in one narrow row a quantity, kept by triggers: the view `facts` joins five tables
-- for each value, which on a million of them takes longer than people wait. Copies of a text have no rows here.

-- origin is where a delivery comes from, by the words of its sentence: see origins.py.
alter table events add column origin text references jurisdictions (code);
create index events_origin on events (origin) where origin is not null;

-- day is date_start, or else the day of the article.
alter table events add column day text;
update events set day = coalesce(
    date_start, (select published_day from articles where articles.id = events.article_id)
);
create index events_day on events (type, day);
create index events_company_day on events (company_id, day);

create trigger event_day_changed after update of published on articles when old.published is not new.published begin
    update events set day = coalesce(date_start, new.published_day) where article_id = new.id;
end;

create table fact_rows (
    quantity_id integer primary key references quantities (id) on delete cascade,
    event_id integer not null references events (id) on delete cascade,
    article_id integer not null references articles (id) on delete cascade,
    event_type text not null,
    status text not null,
    kind text not null,
    value real not null,
    unit text not null,
    model text,
    company_id integer references companies (id) on delete set null,
    company text, -- the canonical name, or the words for an unnamed body
    counterparty text,
    jurisdiction text references jurisdictions (code),
    origin text references jurisdictions (code),
    date text,
    date_start text,
    date_end text,
    published_day text,
    day text -- date_start, or else published_day
) strict;
create index fact_rows_event on fact_rows (event_id);
create index fact_rows_article on fact_rows (article_id);
create index fact_rows_type on fact_rows (event_type, kind, status, company, date_start, date_end, value);
create index fact_rows_day on fact_rows (event_type, day);
create index fact_rows_company on fact_rows (company_id, kind, value);
create index fact_rows_jurisdiction on fact_rows (jurisdiction, kind);
create index fact_rows_origin on fact_rows (origin) where origin is not null;
create index fact_rows_value on fact_rows (kind, unit, value);
create index fact_rows_published on fact_rows (kind, unit, published_day);
-- The latest level of a company is the last entry of its part of this.
create index fact_rows_level on fact_rows (company_id, kind, event_type, status, day, published_day, value);
-- What machines-moved and power-announced-energised add up, in the order in which they do.
create index fact_rows_moves on fact_rows (
    status, origin, jurisdiction, company, value, substr(day, 1, 7), day, article_id
) where kind = 'machines' and event_type = 'delivery';
create index fact_rows_power on fact_rows (company_id, company, event_type, status, value, article_id)
where kind = 'power' and company_id is not null;

create view fact_sources as
select
    quantities.id as quantity_id,
    events.id as event_id,
    events.article_id,
    events.type as event_type,
    events.status,
    quantities.kind,
    quantities.value,
    quantities.unit,
    quantities.model,
    events.company_id,
    coalesce(company.name, events.company_text) as company,
    coalesce(counterparty.name, events.counterparty_text) as counterparty,
    events.jurisdiction,
    events.origin,
    events.date,
    events.date_start,
    events.date_end,
    articles.published_day,
    events.day
from quantities
join events on events.id = quantities.event_id
join articles on articles.id = events.article_id
left join companies as company on company.id = events.company_id
left join companies as counterparty on counterparty.id = events.counterparty_id
where articles.same_text_as is null;

insert into fact_rows select * from fact_sources;

create trigger fact_added after insert on quantities begin
    insert into fact_rows select * from fact_sources where quantity_id = new.id;
end;

create trigger fact_changed after update on quantities begin
    delete from fact_rows where quantity_id = new.id;
    insert into fact_rows select * from fact_sources where quantity_id = new.id;
end;

create trigger fact_event_changed
after update of type, status, company_id, counterparty_id, jurisdiction, origin, date_start, date_end, day on events
begin
    delete from fact_rows where event_id = new.id;
    insert into fact_rows select * from fact_sources where event_id = new.id;
end;

create trigger fact_article_changed after update of published, same_text_as on articles
when old.published is not new.published or old.same_text_as is not new.same_text_as begin
    delete from fact_rows where article_id = new.id;
    insert into fact_rows select * from fact_sources where article_id = new.id;
end;

create trigger fact_company_changed after update of name on companies when old.name is not new.name begin
    update fact_rows set company = new.name where company_id = new.id;
    update fact_rows set counterparty = new.name
    where event_id in (select id from events where counterparty_id = new.id);
end;

-- What analysts sort by: the day of an article, or else the day on which it was first seen.
create index articles_day on articles (coalesce(published_day, substr(first_seen, 1, 10)), id);
create index articles_seen on articles (first_seen);
create index notices_until on notices (coalesce(until_day, '9999-12-31'));
