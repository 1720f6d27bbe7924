-- Full-text search over titles and texts. The index holds no text of its own; the triggers keep it in step.

create virtual table articles_fts using fts5 (title, text, tokenize = 'porter unicode61', content="articles");

create trigger articles_ai after insert on articles begin
    insert into articles_fts (rowid, title, text) values (new.rowid, new.title, new.text);
end;

create trigger articles_ad after delete on articles begin
    insert into articles_fts (articles_fts, rowid, title, text)
    values ('delete', old.rowid, old.title, old.text);
end;

create trigger articles_au after update of title, text on articles begin
    insert into articles_fts (articles_fts, rowid, title, text)
    values ('delete', old.rowid, old.title, old.text);
    insert into articles_fts (rowid, title, text) values (new.rowid, new.title, new.text);
end;
