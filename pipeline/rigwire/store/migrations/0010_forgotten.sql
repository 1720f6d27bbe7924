-- What was forgotten stays forgotten: links are known by their hashes alone, so that a feed does not bring them back.
create table forgotten (
    url_hash text primary key, -- sha256
    forgotten_at text not null
) strict, without rowid;
