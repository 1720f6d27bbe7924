-- Times are UTC, '2021-06-19T09:00:00Z'. Days are '2021-06-19'. Lists and maps are JSON.
-- Values are in the unit of their kind: PH/s, MW, MWh, %, J/TH, currency units, coins, pieces.

create table sources (
    id text primary key,
    name text not null,
    site text,
    language text,
    timezone text,
    interval_minutes integer,
    feeds text not null default '[]' check (json_valid(feeds)),
    selectors text not null default '{}' check (json_valid(selectors)),
    active integer not null default 1 check (active in (0, 1)),
    declared_at text not null
) strict;

create table feed_state (
    url text primary key,
    source_id text not null references sources (id) on delete cascade,
    etag text,
    last_modified text,
    last_fetch text,
    last_success text,
    last_error_at text,
    error text,
    failures integer not null default 0 check (failures >= 0),
    next_due text,
    last_new_item_at text,
    items_seen integer not null default 0 check (items_seen >= 0)
) strict;
create index feed_state_source on feed_state (source_id);

create table robots (
    host text primary key,
    body text not null,
    fetched_at text not null,
    expires_at text not null
) strict;

create table runs (
    id integer primary key,
    command text not null,
    version text not null,
    started text not null,
    finished text,
    outcome text not null default 'running' check (outcome in ('running', 'done', 'failed', 'interrupted')),
    counts text not null default '{}' check (json_valid(counts)),
    check ((outcome = 'running') = (finished is null))
) strict;
create index runs_started on runs (started);

create table pages (
    id integer primary key,
    url text not null,
    final_url text not null,
    status integer not null,
    headers text not null check (json_valid(headers)),
    body blob not null, -- compressed by zlib
    sha256 text not null, -- of the body before compression
    fetched_at text not null,
    unique (url, sha256)
) strict;

create table articles (
    id integer primary key,
    canonical_url text not null unique, -- 'urn:sha256:…' where the document has no URL
    url text,
    document_id text not null, -- the id that the document came with
    source_id text references sources (id),
    site text,
    title text,
    authors text not null default '[]' check (json_valid(authors)),
    published text, -- a day, or a moment with its zone
    published_day text generated always as (substr(published, 1, 10)) virtual,
    modified text,
    language text,
    kind text not null
        check (kind in ('article', 'paywall', 'consent', 'js_shell', 'not_found', 'links', 'empty')),
    text text not null,
    text_hash text not null, -- of the words of title and text, see identity.py
    origins text not null default '{}' check (json_valid(origins)), -- where each piece of metadata came from
    revision integer not null default 1 check (revision >= 1),
    first_seen text not null,
    changed_at text not null, -- when this revision was stored
    run_id integer not null references runs (id),
    page_id integer references pages (id) on delete set null,
    extracted text not null default 'pending'
        check (extracted in ('pending', 'done', 'skipped: language', 'skipped: kind')),
    extractor_version text,
    check ((extracted = 'done') = (extractor_version is not null))
) strict;
create index articles_source on articles (source_id);
create index articles_published on articles (published_day);
create index articles_changed on articles (changed_at);
create index articles_language on articles (language);
create index articles_extracted on articles (extracted);
create index articles_text_hash on articles (text_hash);
create index articles_run on articles (run_id);
create index articles_page on articles (page_id);

-- The versions before the current one.
create table article_revisions (
    article_id integer not null references articles (id) on delete cascade,
    revision integer not null check (revision >= 1),
    url text,
    title text,
    authors text not null check (json_valid(authors)),
    published text,
    modified text,
    language text,
    kind text not null
        check (kind in ('article', 'paywall', 'consent', 'js_shell', 'not_found', 'links', 'empty')),
    text text not null,
    text_hash text not null,
    changed_at text not null,
    replaced_at text not null,
    run_id integer not null references runs (id),
    page_id integer references pages (id) on delete set null,
    primary key (article_id, revision)
) strict;
create index article_revisions_run on article_revisions (run_id);
create index article_revisions_page on article_revisions (page_id);

-- Every URL under which an article was met, its canonical one included.
create table article_urls (
    url text primary key,
    article_id integer not null references articles (id) on delete cascade,
    first_seen text not null
) strict;
create index article_urls_article on article_urls (article_id);

-- The work queue: what the feeds named, and what became of it.
create table items (
    id integer primary key,
    source_id text not null references sources (id) on delete cascade,
    feed_url text not null,
    guid text not null,
    url text not null,
    title text,
    published text,
    modified text,
    summary text,
    authors text not null default '[]' check (json_valid(authors)),
    fingerprint text not null, -- differs when the feed says that the article changed
    state text not null default 'pending' check (state in ('pending', 'done', 'failed')),
    attempts integer not null default 0 check (attempts >= 0),
    error text,
    next_attempt text not null,
    first_seen text not null,
    updated_at text not null,
    article_id integer references articles (id) on delete set null,
    run_id integer not null references runs (id),
    unique (feed_url, guid)
) strict;
create index items_due on items (state, next_attempt);
create index items_url on items (url);
create index items_source on items (source_id);
create index items_article on items (article_id);
create index items_run on items (run_id);

create table companies (
    id integer primary key,
    name text not null collate nocase unique,
    ticker text collate nocase,
    exchange text collate nocase,
    kind text not null default 'other'
        check (kind in ('miner', 'pool', 'manufacturer', 'host', 'utility', 'investor', 'exchange', 'other')),
    country text
) strict;
create index companies_ticker on companies (ticker, exchange);
create index companies_kind on companies (kind);

-- Every name that stands for one company, its canonical name included.
create table company_aliases (
    alias text primary key collate nocase,
    company_id integer not null references companies (id) on delete cascade
) strict;
create index company_aliases_company on company_aliases (company_id);

create table jurisdictions (
    code text primary key, -- ISO 3166: 'KZ', 'US-TX'
    name text not null,
    country text not null -- the code's first part
) strict;
create index jurisdictions_country on jurisdictions (country);

create table article_companies (
    article_id integer not null references articles (id) on delete cascade,
    company_id integer not null references companies (id),
    name text not null, -- as this article has it
    primary key (article_id, company_id)
) strict, without rowid;
create index article_companies_company on article_companies (company_id);

create table article_jurisdictions (
    article_id integer not null references articles (id) on delete cascade,
    jurisdiction text not null references jurisdictions (code),
    primary key (article_id, jurisdiction)
) strict, without rowid;
create index article_jurisdictions_jurisdiction on article_jurisdictions (jurisdiction);

-- Spans are character offsets into articles.text, the end excluded.
create table mentions (
    id integer primary key,
    article_id integer not null references articles (id) on delete cascade,
    kind text not null check (kind in ('company', 'jurisdiction')),
    company_id integer references companies (id),
    jurisdiction text references jurisdictions (code),
    text text not null,
    span_start integer not null check (span_start >= 0),
    span_end integer not null,
    check (span_end > span_start),
    check ((kind = 'company') = (company_id is not null)),
    check ((kind = 'jurisdiction') = (jurisdiction is not null))
) strict;
create index mentions_article on mentions (article_id);
create index mentions_company on mentions (company_id);
create index mentions_jurisdiction on mentions (jurisdiction);

create table dates (
    id integer primary key,
    article_id integer not null references articles (id) on delete cascade,
    value text not null, -- '2021-Q3', '2021-06-19T09:00', '2022-04/2022-09', '--06-27'
    precision text not null
        check (precision in ('year', 'half', 'quarter', 'month', 'week', 'day', 'minute', 'span')),
    date_start text, -- the first day of the value; null where it has no year
    date_end text, -- the last day
    text text not null,
    span_start integer not null check (span_start >= 0),
    span_end integer not null,
    check (span_end > span_start),
    check ((date_start is null) = (date_end is null) and date_end >= date_start)
) strict;
create index dates_article on dates (article_id);
create index dates_start on dates (date_start);

create table events (
    id integer primary key,
    article_id integer not null references articles (id) on delete cascade,
    local_id text not null, -- the event's id inside its article
    type text not null check (type in (
        'order', 'delivery', 'deployment', 'fleet', 'shutdown', 'power_notice', 'power_deal', 'site',
        'production', 'treasury', 'sale', 'financing', 'acquisition', 'results', 'regulation', 'enforcement',
        'bankruptcy', 'network'
    )),
    status text not null check (status in ('actual', 'planned', 'proposed', 'cancelled')),
    company_id integer references companies (id), -- null for an unnamed body
    company_text text, -- as the article has it
    counterparty_id integer references companies (id),
    counterparty_text text,
    jurisdiction text references jurisdictions (code),
    site text,
    date text, -- as in dates.value
    date_start text,
    date_end text,
    confidence real not null check (confidence between 0 and 1),
    quote text not null,
    span_start integer check (span_start >= 0), -- null where only the title states it
    span_end integer,
    extractor_version text not null,
    run_id integer not null references runs (id),
    unique (article_id, local_id),
    check ((span_start is null) = (span_end is null) and span_end > span_start),
    check ((date_start is null) = (date_end is null) and date_end >= date_start),
    check (company_id is null or company_text is not null),
    check (counterparty_id is null or counterparty_text is not null)
) strict;
create index events_type on events (type, status);
create index events_company on events (company_id, type);
create index events_counterparty on events (counterparty_id);
create index events_jurisdiction on events (jurisdiction, type);
create index events_date on events (date_start);
create index events_run on events (run_id);
create index events_extractor on events (extractor_version);

create table quantities (
    id integer primary key,
    event_id integer not null references events (id) on delete cascade,
    kind text not null check (kind in (
        'machines', 'hashrate', 'power', 'sites', 'money', 'coins', 'share', 'energy', 'energy_price',
        'efficiency'
    )),
    value real not null,
    unit text not null,
    low real,
    high real,
    qualifier text not null check (qualifier in ('exact', 'about', 'at_least', 'at_most', 'range')),
    currency text, -- ISO 4217
    model text, -- the machine model, where the count is of one model
    metric text check (metric in (
        'revenue', 'cost', 'net_income', 'net_loss', 'ebitda', 'cash', 'capex', 'margin', 'other'
    )),
    text text not null, -- the words as printed
    span_start integer check (span_start >= 0),
    span_end integer,
    check ((span_start is null) = (span_end is null) and span_end > span_start),
    check ((low is null) = (high is null) and high >= low)
) strict;
create index quantities_event on quantities (event_id);
create index quantities_kind on quantities (kind, value);
create index quantities_model on quantities (model) where model is not null;

create table notices (
    event_id integer primary key references events (id) on delete cascade,
    action text not null check (action in ('cut', 'curtail', 'restore', 'refuse', 'tariff')),
    issuer text,
    recipient text,
    notified text, -- these three as in dates.value, in the article's local time
    effective text,
    until text,
    effective_day text, -- the first day of effective
    until_day text -- the last day of until
) strict;
create index notices_action on notices (action);
create index notices_force on notices (effective_day, until_day);
