-- log.refuse_types: says which type of event this database does not know. For the functions that append, when they could not append
-- all events.
--
-- Raises PL006; DETAIL: the type and the version.
create or replace function log.refuse_types(types text[], versions integer[])
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  _unknown text;
begin
  select format('%s, version %s', new.type, new.version) into _unknown
  from unnest(refuse_types.types, refuse_types.versions) as new(type, version)
  where not exists (
    select from log.event_type as registered
    where registered.type = new.type and registered.version = new.version
  )
  limit 1;
  raise exception 'log.append: this database does not know events of type %', _unknown
    using errcode = 'PL006', detail = _unknown, hint = 'Update its schema, or the program that appends.';
end
$$;
