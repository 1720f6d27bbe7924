-- The articles that `rigwire reextract` has still to read again; scope is what it was asked for, and by which extractor.
create table rereading (
    article_id integer primary key references articles (id) on delete cascade,
    scope text not null
) strict;
