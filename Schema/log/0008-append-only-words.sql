-- The second lock (0002), for the words: only log.expunge deletes a row of log.words, and only it updates one of
-- log.receipt. It sets plenary.expunging for as long as it runs. In a file of its own, because Citus refuses triggers
-- on distributed tables.

create trigger words_are_never_changed
  before update or truncate on log.words
  for each statement execute function log.refuse_change();

create trigger words_are_destroyed_by_log_expunge_alone
  before delete on log.words
  for each statement
  when (current_setting('plenary.expunging', true) is distinct from 'on')
  execute function log.refuse_change();

drop trigger receipt_is_append_only on log.receipt;

create trigger receipt_is_append_only
  before delete or truncate on log.receipt
  for each statement execute function log.refuse_change();

create trigger receipt_is_blanked_by_log_expunge_alone
  before update on log.receipt
  for each statement
  when (current_setting('plenary.expunging', true) is distinct from 'on')
  execute function log.refuse_change();
