-- log.expunge: appends the events of one command and destroys the words of earlier events, both or neither.
--
--   positions   the events whose words are destroyed, each of them once. The appended events of the types
--               StatementExpunged and PersonErased name the same ones in the field `positions` of their bodies
--   the others  see log.append
--
-- The receipts of the commands that appended those events lose the hash of their request: whoever guesses the words
-- could compare it. log.append then answers every request with such a command id.
--
-- Returns what log.append returns. A command that had been carried out before destroys nothing again.
-- Raises what log.append raises, and
--   PL003  no positions, or the appended events name others
--   PL005  an event has no words (any more); DETAIL: its position
create or replace function log.expunge(
  conference text, command_id uuid, request bytea, actor text, reason text,
  types text[], versions integer[], tags text[], bodies text[], positions bigint[],
  query json default null, after bigint default null, words text[] default null, salts bytea[] default null)
returns table (first_position bigint, last_position bigint, replayed boolean)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  _named bigint[];
  _missing bigint;
begin
  select array_agg(named.position::bigint order by named.position::bigint) into _named
  from unnest(expunge.types, expunge.bodies) as new(type, body)
  cross join lateral json_array_elements_text(new.body::json -> 'positions') as named(position)
  where new.type in ('StatementExpunged', 'PersonErased');
  if _named is null
    or _named is distinct from (select array_agg(distinct named order by named) from unnest(expunge.positions) as named)
    or cardinality(_named) <> cardinality(expunge.positions)
  then
    raise exception 'log.expunge: the appended events must name the same positions, each of them once'
      using errcode = 'PL003';
  end if;

  select appended.first_position, appended.last_position, appended.replayed
  into first_position, last_position, replayed
  from log.append(
    expunge.conference, expunge.command_id, expunge.request, expunge.actor, expunge.reason, expunge.types,
    expunge.versions, expunge.tags, expunge.bodies, expunge.query, expunge.after, expunge.words, expunge.salts
  ) as appended;
  if not replayed then
    -- Opens the triggers of the log to this function, until it returns. Not with `set` at the function: that is for
    -- superusers alone, and the owner need not be one.
    perform set_config('plenary.expunging', 'on', true);
    with destroyed as (
      delete from log.words as stored
      where stored.conference = expunge.conference
        and stored.position = any (expunge.positions)
        and stored.position < first_position
      returning stored.position
    )
    select min(named) into _missing
    from unnest(expunge.positions) as named
    where named not in (select destroyed.position from destroyed);
    if _missing is not null then
      raise exception 'event % of conference % has no words that could be destroyed', _missing, expunge.conference
        using errcode = 'PL005', detail = _missing::text;
    end if;
    update log.receipt as receipt set request = ''
    from log.event as event
    where event.conference = expunge.conference
      and event.position = any (expunge.positions)
      and receipt.conference = event.conference
      and receipt.command_id = event.command_id;
    perform set_config('plenary.expunging', 'off', true);
  end if;
  return next;
end
$$;
