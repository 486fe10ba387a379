-- A second lock: the grants forbid changes to every role that works; these triggers stop the slips of
-- the owner. In a file of their own, because Citus refuses triggers on distributed tables.

create function log.refuse_change() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'log.% is append-only: % is refused', tg_table_name, tg_op
    using errcode = 'PL004', hint = 'Append an event that corrects; nothing in the log is ever changed.';
end
$$;

create trigger event_is_append_only
  before update or delete or truncate on log.event
  for each statement execute function log.refuse_change();

create trigger tag_is_append_only
  before update or delete or truncate on log.tag
  for each statement execute function log.refuse_change();

create trigger receipt_is_append_only
  before update or delete or truncate on log.receipt
  for each statement execute function log.refuse_change();

create trigger head_is_never_removed
  before delete or truncate on log.head
  for each statement execute function log.refuse_change();
