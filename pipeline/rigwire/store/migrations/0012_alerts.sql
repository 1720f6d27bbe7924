-- The alerts that runs know, so that one which is new or changed does not send what was there before it.
create table alerts (
    name text primary key,
    definition text not null check (json_valid(definition)), -- the query with its parameters
    begun_at text not null
) strict;

-- An event that an alert has matched: known when the alert began, or to be sent, or sent. It is sent at least once.
create table alert_outbox (
    id integer primary key,
    alert text not null references alerts (name) on delete cascade,
    event_key text not null,
    article_id integer not null references articles (id) on delete cascade,
    payload text check (json_valid(payload)),
    state text not null check (state in ('known', 'pending', 'sent')),
    attempts integer not null default 0 check (attempts >= 0),
    error text,
    next_attempt text not null,
    noted_at text not null,
    sent_at text,
    unique (alert, event_key),
    check ((state = 'sent') = (sent_at is not null)),
    check (state = 'known' or payload is not null)
) strict;
create index alert_outbox_due on alert_outbox (state, next_attempt);
create index alert_outbox_article on alert_outbox (article_id);
