-- log.check_query: refuses a query that matches less than its author can have meant. As a condition, it would be weaker
-- than the decision that rests on it.
--
--   query   see log.matching
--
-- Raises
--   PL003  the query is no list; an item is not an object, has a key that is unknown or occurs twice, or types or tags
--          that are no list; a tag is none
--
-- The pattern is that of the queries that Plenary sends. It takes a tenth of an append; what does not match it is looked
-- at in detail.
create or replace function log.check_query(query json)
returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  _fault text;
begin
  if query::text ~ '^\[(\{("after":[0-9]+,)?"tags":\[("[a-z]+(:[a-z0-9-]+)?"(,"[a-z]+(:[a-z0-9-]+)?")*)?\],"types":\[("[A-Za-z]+"(,"[A-Za-z]+")*)?\]\}(,(?=\{))?)*\]$'
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
    select format('"%s" is not a tag', tag.name)
    from json_array_elements_text(
      case when json_typeof(known.object -> 'tags') = 'array' then known.object -> 'tags' else '[]' end
    ) as tag(name)
    where tag.name is null or tag.name !~ '^[a-z]+(:[a-z0-9-]+)?$'
  ) as found
  limit 1;
  if found then
    raise exception 'log.check_query: %', _fault using errcode = 'PL003';
  end if;
end
$$;
