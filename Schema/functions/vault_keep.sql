-- vault.keep: stores a key, unless its owner has one, or had one that was destroyed. No role can insert into vault.key in another
-- way: a row without a key says that the key was destroyed, and only vault.destroy may say so.
--
--   owner    whose key (see 0011-one-key-a-purpose)
--   key      as it is, or encrypted with a master key
--   master   which one; null: none
--
-- Returns whether it was stored. Raises
--   PL003  there is no key
create or replace function vault.keep(conference text, owner text, key bytea, master text default null)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if keep.key is null then
    raise exception 'vault.keep: there is no key' using errcode = 'PL003';
  end if;
  insert into vault.key (conference, owner, key, master)
  values (keep.conference, keep.owner, keep.key, keep.master)
  on conflict do nothing;
  return found;
end
$$;
