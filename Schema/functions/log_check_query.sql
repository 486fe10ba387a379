-- log.check_query: refuses a query that matches less than its author can have meant. As a condition, it would be weaker
-- than the decision that rests on it.
--
--   query   see log.matching
--
-- Raises
--   PL003  the query is no list; an item is not an object, or has a key that is unknown or occurs twice; its types or tags
--          are no list; a tag is none; a type is none of log.event_type; "after" is no position
--
-- The first pattern is that of the queries that Plenary sends. It takes a tenth of an append; what does not match it, or
-- has an unknown type, is looked at in detail.
create or replace function log.check_query(query json)
returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
  _fault text;
begin
  if query::text ~ '^\[(\{("after":[0-9]{1,18},)?"tags":\[("[a-z]+(:[a-z0-9-]+)?"(,"[a-z]+(:[a-z0-9-]+)?")*)?\],"types":\[("[A-Z][A-Za-z]+"(,"[A-Z][A-Za-z]+")*)?\]\}(,(?=\{))?)*\]$'
    -- Only types have capital letters in it.
    and (
      query::text !~ '[A-Z]'
      or not exists (
        select from regexp_matches(query::text, '"([A-Z][A-Za-z]+)"', 'g') as named(match)
        where not exists (select from log.event_type as registered where registered.type = named.match[1])
      ))
  then
    return;
  end if;
  if json_typeof(check_query.query) <> 'array' then
    raise exception 'log.check_query: a query is a list of items' using errcode = 'PL003';
  end if;
  select fault into _fault
  from json_array_elements(check_query.query) as item(value)
  cross join lateral (
    select case when json_typeof(item.value) = 'object' then item.value else '{}' end as object
  ) as known
  cross join lateral (
    select format('an item is not an object: %s', item.value) as fault
    where json_typeof(item.value) <> 'object'
    union all
    select format('the key "%s" is unknown or occurs twice', key.name)
    from json_object_keys(known.object) as key(name)
    group by key.name
    having count(*) > 1 or key.name not in ('types', 'tags', 'after')
    union all
    select format('"%s" is not a list', field.name)
    from (values ('types'), ('tags')) as field(name)
    where json_typeof(known.object -> field.name) <> 'array'
    union all
    select format('%s is not a tag', tag.value)
    from json_array_elements(
      case when json_typeof(known.object -> 'tags') = 'array' then known.object -> 'tags' else '[]' end
    ) as tag(value)
    where tag.value::text !~ '^"[a-z]+(:[a-z0-9-]+)?"$'
    union all
    select format('%s is not a type of event', type.value)
    from json_array_elements(
      case when json_typeof(known.object -> 'types') = 'array' then known.object -> 'types' else '[]' end
    ) as type(value)
    where not exists (
      select from log.event_type as registered where '"' || registered.type || '"' = type.value::text
    )
    union all
    select format('"after" is not a position: %s', known.object -> 'after')
    where (known.object -> 'after')::text !~ '^[0-9]{1,18}$'
  ) as found
  limit 1;
  if found then
    raise exception 'log.check_query: %', _fault using errcode = 'PL003';
  end if;
end
$$;
