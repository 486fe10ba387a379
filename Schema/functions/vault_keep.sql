-- vault.keep: stores keys of a conference, except for owners that have a key, or had one that was destroyed. No role can insert
-- into vault.key in another way: a row without a key says that the key was destroyed, and only vault.destroy may say so.
--
--   owners   whose keys (see 0011-one-key-a-purpose)
--   keys     one for each owner; as they are, or encrypted with a master key
--   master   which one; null: none
--
-- Returns the owners whose keys were not stored. Raises
--   PL003  there is not one key for each owner, or an owner is given twice
create or replace function vault.keep(conference text, owners text[], keys bytea[], master text default null)
returns setof text
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if keep.owners is null or cardinality(keep.owners) is distinct from cardinality(keep.keys)
    or cardinality(keep.owners) <> (select count(distinct given.owner) from unnest(keep.owners) as given (owner))
    or array_position(keep.owners, null) is not null or array_position(keep.keys, null) is not null
  then
    raise exception 'vault.keep: there is not one key for each owner' using errcode = 'PL003';
  end if;
  return query
    with stored as (
      insert into vault.key (conference, owner, key, master)
      select keep.conference, given.owner, given.key, keep.master
      from unnest(keep.owners, keep.keys) as given (owner, key)
      on conflict do nothing
      returning key.owner
    )
    select given.owner
    from unnest(keep.owners) as given (owner)
    where not exists (select from stored where stored.owner = given.owner);
end
$$;
