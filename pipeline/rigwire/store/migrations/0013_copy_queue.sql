-- An article that is deleted leaves its copies in step, whoever deletes it and by whatever program.

-- Without "or ignore": SQLite overrides it inside a foreign key's action, and to lose what it is a copy of is one.
drop trigger story_copies_changed;
create trigger story_copies_changed after update of same_text_as on articles
when old.same_text_as is not new.same_text_as begin
    insert into story_queue (event_id)
    select id from events where article_id = new.id and id not in (select event_id from story_queue);
end;

-- Articles whose group of copies gained or lost one. Taking an article out makes its group point to its first.
create table copy_queue (
    article_id integer primary key references articles (id) on delete cascade,
    is_settled integer not null default 0 check (is_settled in (0, 1)) -- with another of its group
) strict;

create trigger copy_deleting before delete on articles begin
    insert into copy_queue (article_id)
    select other_id from same_texts where article_id = old.id and other_id not in (select article_id from copy_queue);
end;

create trigger copy_deleted after delete on articles begin
    delete from copy_queue;
end;

-- The one that was published first counts, unless its facts are missing or it is much shorter than another.
create trigger copies_chosen after delete on copy_queue when not old.is_settled begin
    update articles set same_text_as = nullif(chosen.first_id, articles.id)
    from (
        with recursive grouped (id) as (
            values (old.article_id)
            union select other_id from same_texts join grouped on same_texts.article_id = grouped.id
        )
        select id, first_value(id) over (
            order by extracted = 'done' desc, is_short, published_day is null, published_day, id
        ) as first_id
        from (
            select id, extracted, published_day, length(text) < 0.8 * max(length(text)) over () as is_short
            from articles where id in (select id from grouped)
        )
    ) as chosen
    where articles.id = chosen.id and articles.same_text_as is not nullif(chosen.first_id, articles.id);
    update copy_queue set is_settled = 1 where article_id in (
        with recursive grouped (id) as (
            values (old.article_id)
            union select other_id from same_texts join grouped on same_texts.article_id = grouped.id
        )
        select id from grouped
    );
end;
