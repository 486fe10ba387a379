-- The words of events, apart from them: a row can be destroyed while the event and its leaf hash stay. The event's
-- body ends with the commitment, the hash of salt and words. Written by log.append, destroyed by log.expunge alone.
--
-- A deleted row stays in the table's file until the next vacuum at least. So a single one makes autovacuum run. The same
-- for log.receipt, where log.expunge blanks the hash of a request.

create table log.words (
  conference text collate "C" not null,
  position bigint not null,
  salt bytea not null,
  words json not null,
  constraint event_has_its_words_once primary key (conference, position),
  constraint salt_has_128_bits check (length(salt) = 16),
  constraint words_are_an_object check (json_typeof(words) = 'object')
) with (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

alter table log.receipt set (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

-- Both are created again with words: with other parameters, and with other columns.
drop function if exists
  log.append(text, uuid, bytea, text, text, text[], integer[], text[], text[], json, bigint),
  log.read(text, json, bigint, bigint);
