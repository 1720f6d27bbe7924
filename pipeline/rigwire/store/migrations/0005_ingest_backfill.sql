alter table sources add column sitemap text;
alter table sources add column archive text;

-- What `rigwire ingest` has read, by its content: the next time it goes on where it was stopped.
create table ingested (
    digest text primary key, -- sha256 of the document and of what its file says of it
    source text not null, -- the file, or the URL in it
    article_id integer references articles (id) on delete cascade,
    error text, -- why there is no article, or an article without facts
    failed_version text, -- the extractor that failed; another one tries again
    read_at text not null,
    run_id integer not null references runs (id),
    check (article_id is not null or error is not null),
    check ((error is null) = (failed_version is null))
) strict;
create index ingested_article on ingested (article_id);
create index ingested_run on ingested (run_id);

-- The sitemaps and archive pages of a backfill. Their pages are items of the queue that a run leaves alone.
create table backfill_lists (
    source_id text not null references sources (id) on delete cascade,
    url text not null,
    kind text not null check (kind in ('sitemap', 'archive')),
    since text not null, -- the first day that is wanted
    state text not null default 'pending' check (state in ('pending', 'done', 'failed')),
    error text,
    pages integer not null default 0 check (pages >= 0), -- that it named and that were wanted
    updated_at text not null,
    primary key (source_id, url)
) strict;
create index backfill_lists_state on backfill_lists (source_id, state);

alter table items add column is_backfill integer not null default 0 check (is_backfill in (0, 1));
create index items_backfill on items (is_backfill, state);
