-- log.receipts: what was answered to commands, and where the log ends at the same moment.
--
--   command_ids  each of them once
--
-- Returns a row for each of the commands that was carried out; a single one, with nulls, if none was; none for a conference
-- that does not exist.
--
-- Everything is found by its key: see log.record.
create or replace function log.receipts(conference text, command_ids uuid[])
returns table (head bigint, command_id uuid, request bytea, first_position bigint, last_position bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
begin
  return query
  select head.position, receipt.command_id, receipt.request, receipt.first_position, receipt.last_position
  from log.head as head
  left join lateral (
    select known.*
    from unnest(receipts.command_ids) as asked(id)
    join log.receipt as known on known.conference = head.conference and known.command_id = asked.id
  ) as receipt on true
  where head.conference = receipts.conference;
end
$$;
