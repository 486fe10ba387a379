-- The second lock: the grants forbid changes to every role that works; these triggers stop the slips of the owner. Only
-- log.expunge, which sets plenary.expunging while it runs, deletes a row of log.words and updates one of log.receipt. In a
-- file of their own, because Citus refuses triggers on distributed tables: there, the grants alone hold.
--
-- Put in place anew with the functions. Whatever other trigger somebody put on a table of the log goes.

do $$
declare
  _trigger record;
begin
  for _trigger in
    select trigger.tgname as name, trigger.tgrelid::regclass as of
    from pg_catalog.pg_trigger as trigger
    join pg_catalog.pg_class as class on class.oid = trigger.tgrelid
    where class.relnamespace = 'log'::regnamespace and not trigger.tgisinternal
  loop
    execute format('drop trigger %I on %s', _trigger.name, _trigger.of);
  end loop;
end
$$;

create trigger event_is_append_only
  before update or delete or truncate on log.event
  for each statement execute function log.refuse_change();

create trigger tag_is_append_only
  before update or delete or truncate on log.tag
  for each statement execute function log.refuse_change();

create trigger head_is_never_removed
  before delete or truncate on log.head
  for each statement execute function log.refuse_change();

create trigger receipt_is_append_only
  before delete or truncate on log.receipt
  for each statement execute function log.refuse_change();

create trigger receipt_is_blanked_by_log_expunge_alone
  before update on log.receipt
  for each statement
  when (current_setting('plenary.expunging', true) is distinct from 'on')
  execute function log.refuse_change();

create trigger words_are_never_changed
  before update or truncate on log.words
  for each statement execute function log.refuse_change();

create trigger words_are_destroyed_by_log_expunge_alone
  before delete on log.words
  for each statement
  when (current_setting('plenary.expunging', true) is distinct from 'on')
  execute function log.refuse_change();

create trigger event_types_are_never_removed
  before update or delete or truncate on log.event_type
  for each statement execute function log.refuse_change();
