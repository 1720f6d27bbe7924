-- What no parser could finish within its limits is tried again by another version of the extractor alone.

-- failed_version is the extractor that could not read the page.
alter table items add column failed_version text;

-- failure says why the facts of an article are missing, failed_version by which extractor.
alter table articles add column failure text;
alter table articles add column failed_version text;
