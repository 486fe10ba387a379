-- log.refuse_change: for the triggers of the log (Schema/triggers): raises PL004.
create or replace function log.refuse_change() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'log.% is append-only: % is refused', tg_table_name, tg_op
    using errcode = 'PL004', hint = 'Append an event that corrects; nothing in the log is ever changed.';
end
$$;
