-- What these constraints said is checked by the functions that write the log, when it can be wrong: a constraint is read from its
-- stored text and evaluated at each change, which took a tenth of every append.
--
-- plenary.schema remembers the state of the system's catalogues in which the whole schema was found as it must be. While that has
-- not changed, a command does not compare each object again, which took half of its time.

alter table log.head
  drop constraint if exists conference_is_a_slug,
  drop constraint if exists position_is_never_negative;

alter table log.event
  drop constraint if exists version_is_positive,
  drop constraint if exists leaf_is_a_sha256;

alter table plenary.schema add column if not exists state text;

-- Returns one row, not a set; created again with it.
drop function if exists
  log.append(text, uuid, bytea, text, text, text[], integer[], text[], text[], json, bigint, text[], bytea[]);
