-- What people ask for, under plain names. One row a value; `company` is the canonical name, or the words of
-- the article for an unnamed body; `words` is the value as printed, `quote` the sentence that states it.

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
left join jurisdictions on jurisdictions.code = events.jurisdiction;

create view machine_counts as
select
    company, counterparty, jurisdiction, place, site, event_type, status, date, date_start, date_end,
    value, unit, qualifier, low, high, model, words, quote, confidence,
    title, url, published, published_day, source_id, article_id, event_id, company_id
from facts
where kind = 'machines';

create view hashrates as
select
    company, counterparty, jurisdiction, place, site, event_type, status, date, date_start, date_end,
    value, unit, qualifier, low, high, words, quote, confidence,
    title, url, published, published_day, source_id, article_id, event_id, company_id
from facts
where kind = 'hashrate';

create view power_capacities as
select
    company, counterparty, jurisdiction, place, site, event_type, status, date, date_start, date_end,
    value, unit, qualifier, low, high, words, quote, confidence,
    title, url, published, published_day, source_id, article_id, event_id, company_id
from facts
where kind = 'power';

create view company_facts as
select
    facts.company, companies.ticker, companies.kind as company_kind, facts.counterparty,
    facts.jurisdiction, facts.place, facts.site, facts.event_type, facts.status,
    facts.date, facts.date_start, facts.date_end,
    facts.kind, facts.value, facts.unit, facts.qualifier, facts.low, facts.high,
    facts.currency, facts.model, facts.metric, facts.words, facts.quote, facts.confidence,
    facts.title, facts.url, facts.published, facts.published_day, facts.source_id,
    facts.article_id, facts.event_id, facts.company_id
from facts
join companies on companies.id = facts.company_id;

-- One row a notice; what it hits stands in machines, sites and power_mw, the largest of several.
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
left join jurisdictions on jurisdictions.code = events.jurisdiction;

create view latest_articles as
select
    articles.published,
    articles.title,
    coalesce(sources.name, articles.site) as source,
    articles.language,
    articles.extracted,
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
where articles.kind = 'article'
order by coalesce(articles.published_day, substr(articles.first_seen, 1, 10)) desc, articles.id desc;
