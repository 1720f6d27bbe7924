-- A few rows that every schema since the first one takes.
insert into runs (id, command, version, started, finished, outcome) values
    (1, 'run', '0.1.0', '2023-05-04T12:00:00Z', '2023-05-04T12:01:00Z', 'done');
insert into sources (id, name, feeds, declared_at) values
    ('halcyon', 'Halcyon News', '["https://halcyon.example/rss"]', '2023-05-04T12:00:00Z');
insert into pages (id, url, final_url, status, headers, body, sha256, fetched_at) values
    (1, 'https://halcyon.example/1', 'https://halcyon.example/1', 200, '{}', x'789c030000000001', 'e3b0', '2023-05-04T12:00:00Z');
insert into articles (
    id, canonical_url, document_id, source_id, title, published, language, kind, text, text_hash, first_seen, changed_at,
    run_id, page_id, extracted, extractor_version
) values (
    1, 'https://halcyon.example/1', 'https://halcyon.example/1', 'halcyon', 'Rigs move', '2023-05-03', 'en', 'article',
    'Halcyon Rigs has shipped 4,200 miners to Iceland.', 'abc', '2023-05-04T12:00:00Z', '2023-05-04T12:00:00Z', 1, 1,
    'done', '0.1.0'
);
insert into article_urls (url, article_id, first_seen) values ('https://halcyon.example/1', 1, '2023-05-04T12:00:00Z');
insert into companies (id, name, kind) values (1, 'Halcyon Rigs', 'miner');
insert into company_aliases (alias, company_id) values ('Halcyon Rigs', 1);
insert into jurisdictions (code, name, country) values ('IS', 'Iceland', 'IS');
insert into article_companies (article_id, company_id, name) values (1, 1, 'Halcyon Rigs');
insert into article_jurisdictions (article_id, jurisdiction) values (1, 'IS');
insert into mentions (article_id, kind, company_id, text, span_start, span_end) values (1, 'company', 1, 'Halcyon Rigs', 0, 12);
insert into events (
    id, article_id, local_id, type, status, company_id, company_text, jurisdiction, confidence, quote, span_start, span_end,
    extractor_version, run_id
) values (
    1, 1, 'e1', 'delivery', 'actual', 1, 'Halcyon Rigs', 'IS', 0.9, 'Halcyon Rigs has shipped 4,200 miners to Iceland.', 0,
    49, '0.1.0', 1
);
insert into quantities (id, event_id, kind, value, unit, qualifier, text, span_start, span_end) values
    (1, 1, 'machines', 4200, 'machines', 'exact', '4,200 miners', 25, 37);
