-- Who was logged in when an event was appended. The actor is what a client says; the login is what the server knows.
-- Version 2 of the leaf's encoding covers it (log.leaf). Events of before have none, and keep the leaves they have.

alter table log.event add column if not exists login text;

-- Both are created again: with another parameter, and with another column.
drop function if exists
  log.leaf(text, bigint, text, integer, text, text, text, uuid, bigint, text),
  log.read(text, json, bigint, bigint);

-- Conferences compare as bytes everywhere, as in the log: a column that distributes tables has one collation.
alter table projection.checkpoint alter column conference type text collate "C";
alter table projection.dead_letter alter column conference type text collate "C";
alter table vault.key alter column conference type text collate "C";

-- What the schema consists of (Schema/catalogue), as it was when it was last put in place. Every command compares it with
-- what is there.
create table if not exists plenary.catalogue (
  object text collate "C" not null,
  definition text not null,
  constraint object_has_one_definition primary key (object)
);
