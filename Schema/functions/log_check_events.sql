-- log.check_events: refuses commands and events that no log takes. For the functions that append.
--
--   requests, actors, reasons
--                one element per command
--   types, versions, tags, bodies, words, salts
--                one element per event; see log.append
--
-- Raises PL003.
create or replace function log.check_events(
  requests bytea[], actors text[], reasons text[],
  types text[], versions integer[], tags text[], bodies text[], words text[], salts bytea[])
returns void
language plpgsql
as $$
declare
  _actors text := array_to_string(check_events.actors, ',');
  _reasons text := array_to_string(check_events.reasons, ',');
  _types text := array_to_string(check_events.types, ',');
  _tags text := array_to_string(check_events.tags, ',');
  _login text := session_user;
begin
  if cardinality(check_events.types) = 0
    or cardinality(check_events.types) <> cardinality(check_events.versions)
    or cardinality(check_events.types) <> cardinality(check_events.tags)
    or cardinality(check_events.types) <> cardinality(check_events.bodies)
  then
    raise exception 'log.append: types, versions, tags and bodies need one element per event'
      using errcode = 'PL003';
  end if;
  -- The leaf hash (see log.leaf) needs values without line breaks and tags without white space. In _types and
  -- _tags, commas separate events and occur nowhere else.
  if _actors ~ '[[:cntrl:]]' or '' = any (check_events.actors) or _reasons ~ '[[:cntrl:]]'
    or '' = any (check_events.reasons)
    or _types !~ '^[A-Z][A-Za-z]+(,[A-Z][A-Za-z]+)*$'
    or '' = any (check_events.requests)
    or _login ~ '[[:cntrl:]]'
    or _tags !~ '^([a-z]+(:[a-z0-9-]+)?( [a-z]+(:[a-z0-9-]+)?)*)?(,([a-z]+(:[a-z0-9-]+)?( [a-z]+(:[a-z0-9-]+)?)*)?)*$'
    or length(_types) - length(replace(_types, ',', '')) <> cardinality(check_events.types) - 1
    or length(_tags) - length(replace(_tags, ',', '')) <> cardinality(check_events.types) - 1
  then
    raise exception 'log.append: a request, actor, login, reason, type or tag is empty or contains characters that are not allowed'
      using errcode = 'PL003';
  end if;
  -- Every reader must understand these (log.events_set_aside).
  if (_types like '%EventSetAside%' or _types like '%EventReinstated%' or _tags ~ '(^|[ ,])aside([ ,]|$)')
    and exists (
      select from unnest(check_events.types, check_events.versions, check_events.tags, check_events.bodies)
        as new(type, version, tags, body)
      where (new.type in ('EventSetAside', 'EventReinstated') or 'aside' = any (string_to_array(new.tags, ' ')))
        and (new.type in ('EventSetAside', 'EventReinstated') and new.version = 1 and new.tags = 'aside'
          and new.body ~ '^\{"position":[1-9][0-9]{0,17}\}$') is not true
    )
  then
    raise exception 'log.append: an event that sets another aside, or brings it back, has the tag aside and the body {"position":N}'
      using errcode = 'PL003';
  end if;
  if check_events.words is not null
    and (
      cardinality(check_events.types) <> cardinality(check_events.words)
      or cardinality(check_events.types) is distinct from cardinality(check_events.salts)
      or exists (
        select from unnest(check_events.bodies, check_events.words, check_events.salts) as new(body, words, salt)
        where (new.words is null) <> (new.salt is null)
          or right(new.body, 75) <> '"words":"' || encode(sha256(new.salt || convert_to(new.words, 'UTF8')), 'hex') || '"}'
      )
    )
  then
    raise exception 'log.append: words and salts need one element per event, and a body must end with the commitment to its words'
      using errcode = 'PL003';
  end if;
end
$$;
