-- vault.erase: appends the events of one command, and destroys the keys, and the words, that they say are destroyed:
-- all or nothing. No role can delete a key in another way.
--
--   owners      whose keys. Each is a tag of an appended event that says so (vault.says_destroyed): a ContactStated without a
--               contact destroys a speaker's address alone; an identity needs the PersonErased of a speaker
--   positions   the events whose words are destroyed: those that PersonErased names, each of them once; or none
--   the others  see log.append
--
-- Returns what log.append returns. A command that had been carried out before destroys nothing again.
-- Raises what log.append and log.expunge raise, and
--   PL003  the appended events do not say that these keys are destroyed
create or replace function vault.erase(
  conference text, command_id uuid, request bytea, actor text, reason text,
  types text[], versions integer[], tags text[], bodies text[], owners text[], positions bigint[],
  query json default null, after bigint default null, words text[] default null, salts bytea[] default null)
returns table (first_position bigint, last_position bigint, replayed boolean)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  _said text[];
  _unsaid text;
begin
  select array_agg(tag) into _said
  from unnest(erase.types, erase.tags, erase.bodies) as new(type, tags, body)
  cross join lateral unnest(string_to_array(new.tags, ' ')) as tag
  where vault.says_destroyed(new.type, tag, new.body);
  select min(owner) into _unsaid
  from unnest(erase.owners) as owner
  where owner <> all (coalesce(_said, '{}'))
    and not (owner like 'identity:%' and exists (
      select from unnest(erase.types, erase.tags) as new(type, tags)
      where new.type = 'PersonErased' and new.tags ~ '(^| )person:'));
  if _unsaid is not null then
    raise exception 'vault.erase: no appended event says that the key of % is destroyed', _unsaid
      using errcode = 'PL003';
  end if;

  if cardinality(erase.positions) > 0 then
    select appended.first_position, appended.last_position, appended.replayed
    into first_position, last_position, replayed
    from log.expunge(
      erase.conference, erase.command_id, erase.request, erase.actor, erase.reason, erase.types, erase.versions,
      erase.tags, erase.bodies, erase.positions, erase.query, erase.after, erase.words, erase.salts) as appended;
  else
    select appended.first_position, appended.last_position, appended.replayed
    into first_position, last_position, replayed
    from log.append(
      erase.conference, erase.command_id, erase.request, erase.actor, erase.reason, erase.types, erase.versions,
      erase.tags, erase.bodies, erase.query, erase.after, erase.words, erase.salts) as appended;
  end if;
  if not replayed then
    perform vault.destroy(erase.conference, erase.owners);
  end if;
  return next;
end
$$;
