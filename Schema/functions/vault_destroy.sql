-- vault.destroy: destroys keys for good. For vault.erase and vault.forget alone.
--
--   owners   whose keys
--
-- A transaction that also changes the conference locks log.head first, and then this table, as log.append and vault.erase do.
--
-- Returns how many keys there were. Raises
--   55P03  somebody else reads or changes the keys. Others wait behind whoever waits for the table alone: a backup, whose
--          two sessions read it one after the other, and who waits for it would wait for each other. So it gives up
--          after a second, and is tried again
--   PL003  in a transaction with one snapshot: keys that were stored since would be gone with the old file
--
-- A deleted row stays in the table's file, and VACUUM does not overwrite it. So the table gets a new file with the
-- other keys; the old file is removed when the transaction commits. On a distributed database a function may touch one
-- conference only: there the rows are deleted, and VACUUM FULL has to remove their bytes (see the users' guide).
create or replace function vault.destroy(conference text, owners text[])
returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
set lock_timeout = '1s'
as $$
declare
  _kept vault.key[];
  _destroyed text[];
  _is_distributed constant boolean := to_regclass('pg_catalog.pg_dist_partition') is not null;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'vault.destroy: the transaction is %, not read committed', current_setting('transaction_isolation')
      using errcode = 'PL003';
  end if;
  if coalesce(cardinality(destroy.owners), 0) = 0 then
    return 0;
  end if;
  -- Before anything is read from it. Whoever reads first and locks then has a lock already, for which another one who does the
  -- same waits in vain.
  if not _is_distributed then
    lock table vault.key in access exclusive mode;
  end if;
  select array_agg(stored.owner) into _destroyed
  from vault.key as stored
  where stored.conference = destroy.conference and stored.owner = any (destroy.owners) and stored.key is not null;
  if _destroyed is null then
    return 0;
  end if;
  if _is_distributed then
    delete from vault.key as stored
    where stored.conference = destroy.conference and stored.owner = any (_destroyed);
  else
    select array_agg(stored) into _kept
    from vault.key as stored
    where stored.conference <> destroy.conference or stored.owner <> all (_destroyed);
    truncate vault.key;
    insert into vault.key (conference, owner, key, master)
    select kept.conference, kept.owner, kept.key, kept.master from unnest(_kept) as kept;
  end if;
  insert into vault.key (conference, owner)
  select destroy.conference, owner from unnest(_destroyed) as owner where owner like 'identity:%';
  return cardinality(_destroyed);
end
$$;
