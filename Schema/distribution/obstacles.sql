-- What Citus would refuse, or what would be wrong on several nodes: one sentence per obstacle, none in a sound schema. Reads
-- the catalogues only, so it works without Citus. The rules are those of Citus 13 (create_distributed_table,
-- create_reference_table, create_distributed_function).
with tables as (
  select class.oid, space.nspname || '.' || class.relname as name, class.relkind, class.relpersistence, class.relrowsecurity,
    conference.attnum as conference, conference.atttypid::regtype::text as type, conference.attnotnull as is_required,
    coll.collname as compares
  from pg_catalog.pg_class as class
  join pg_catalog.pg_namespace as space on space.oid = class.relnamespace
  left join pg_catalog.pg_attribute as conference
    on conference.attrelid = class.oid and conference.attname = 'conference' and not conference.attisdropped
  left join pg_catalog.pg_collation as coll on coll.oid = conference.attcollation
  where space.nspname in ('log', 'vault', 'projection', 'plenary', 'program', 'attendance', 'proceedings')
    and class.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
), distributed as (
  select * from tables where relkind in ('r', 'p') and conference is not null
), functions as (
  select proc.oid, proc.oid::regprocedure::text as name, proc.proargnames, proc.prorettype,
    regexp_replace(proc.prosrc, '--[^\n]*', '', 'g') as source
  from pg_catalog.pg_proc as proc
  where proc.pronamespace in (
    select oid from pg_catalog.pg_namespace
    where nspname in ('log', 'vault', 'projection', 'plenary', 'program', 'attendance', 'proceedings'))
), mentions as (
  -- Each table of a conference that a function names, with the alias that it has there.
  select functions.oid, functions.name as function, functions.proargnames, functions.source, found.match[1] as what,
    found.match[2] as table, found.match[3] as alias
  from functions
  cross join lateral regexp_matches(
    functions.source, '(from|join|update|insert into|delete from)\s+((?:log|vault|projection|program|attendance|proceedings)\.\w+)\M(?:\s+as\s+(\w+))?', 'g'
  ) as found(match)
  join distributed on distributed.name = found.match[2]
)
select obstacle
from (
  -- Views are passed on to every node.
  select format('%s is neither a table nor a view', name) as obstacle
  from tables where relkind not in ('r', 'p', 'v')
  union all
  select format('%s is not an ordinary, permanent table', name)
  from tables where relkind in ('r', 'p') and relpersistence <> 'p'
  union all
  select format('%s has row-level security', name) from tables where relrowsecurity
  union all
  select format('%s.conference is %s, and not text', name, type) from distributed where type <> 'text'
  union all
  select format('%s.conference can be null', name) from distributed where not is_required
  union all
  select format('%s.conference has the collation %s, and not C: tables that stay together need one', name, compares)
  from distributed where compares is distinct from 'C'
  union all
  select format('the unique index %s does not contain the conference', index.indexrelid::regclass)
  from distributed
  join pg_catalog.pg_index as index on index.indrelid = distributed.oid
  where (index.indisunique or index.indisexclusion)
    and not distributed.conference = any (index.indkey::smallint[])
  union all
  select format('%s has no primary key', name)
  from tables
  where relkind in ('r', 'p')
    and not exists (select from pg_catalog.pg_index as index where index.indrelid = tables.oid and index.indisprimary)
  union all
  -- Both sides must name the conference in the same place, unless every node has a copy of the other table.
  select format('the foreign key %s of %s does not contain the conference on both sides', con.conname, tables.name)
  from tables
  join pg_catalog.pg_constraint as con on con.conrelid = tables.oid and con.contype = 'f'
  left join distributed as other on other.oid = con.confrelid
  where (other.oid is not null or tables.conference is null)
    and not exists (
      select from unnest(con.conkey, con.confkey) as pair(here, there)
      where pair.here = tables.conference and pair.there = other.conference)
  union all
  select format('%s has the trigger %s', tables.name, trigger.tgname)
  from tables
  join pg_catalog.pg_trigger as trigger on trigger.tgrelid = tables.oid and not trigger.tgisinternal
  -- distribute.sql drops those of the second lock.
  where trigger.tgfoid <> 'log.refuse_change()'::regprocedure
  union all
  select format('%s.%s takes its numbers from a sequence, which would count on each node for itself', tables.name, col.attname)
  from tables
  join pg_catalog.pg_attribute as col on col.attrelid = tables.oid and col.attnum > 0 and not col.attisdropped
  left join pg_catalog.pg_attrdef as value on value.adrelid = col.attrelid and value.adnum = col.attnum
  where tables.relkind in ('r', 'p')
    and (col.attidentity <> '' or pg_catalog.pg_get_expr(value.adbin, value.adrelid) like 'nextval(%')
  union all
  select format('%s has the rule %s', tables.name, rule.rulename)
  from tables join pg_catalog.pg_rewrite as rule on rule.ev_class = tables.oid
  where tables.relkind in ('r', 'p')
  union all
  select distinct format('%s reads or writes %s, and does not take a conference first', mentions.function, mentions.table)
  from mentions
  where mentions.proargnames[1] is distinct from 'conference'
  union all
  -- Each of them is held to the function's conference, itself or through another table of the same statement.
  select distinct format('%s does not hold %s to one conference', mentions.function, mentions.table)
  from mentions
  where case mentions.what
      when 'insert into' then
        mentions.source !~ ('insert into\s+' || replace(mentions.table, '.', '\.') || '\s*\(conference\M')
      else
        mentions.alias is null
        or mentions.source !~ ('\m' || mentions.alias || '\.conference = \w+\.conference\M')
          and mentions.source !~ ('\m\w+\.conference = ' || mentions.alias || '\.conference\M')
    end
) as found
order by obstacle
