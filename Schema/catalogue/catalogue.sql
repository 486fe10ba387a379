-- What the schema consists of, as the server's catalogues have it: one row per role, schema, table, column, constraint,
-- index and function, with its definition and the rights of public and of the working roles. Where two databases have the
-- same rows, their schemas do the same. Rights of other roles, and what a database has besides, do not matter, but for
-- triggers, rules and constraints of tables, other functions in these schemas, and rights of these roles. Storage
-- parameters of tables are the owner's to tune.
--
-- The row of a working role says what it can do beside its rights: nothing, if all is well. A role belongs to the whole
-- server, so what it is here is no measure.
with schemas as (
  select oid, nspname as name, nspowner, nspacl
  from pg_catalog.pg_namespace
  where nspname in ('log', 'vault', 'projection', 'plenary', 'program', 'attendance', 'proceedings')
), tables as (
  select class.oid, schemas.name || '.' || class.relname as name, class.relowner, class.relacl, class.relkind,
    class.relpersistence, class.relrowsecurity,
    (
      select pg_catalog.string_agg(pg_catalog.pg_get_ruledef(rule.oid), E'\n' order by rule.rulename)
      from pg_catalog.pg_rewrite as rule where rule.ev_class = class.oid and rule.rulename <> '_RETURN'
    ) as rules
  from schemas
  join pg_catalog.pg_class as class on class.relnamespace = schemas.oid
  where class.relkind in ('r', 'p', 'v')
), functions as (
  select proc.oid, schemas.oid as schema,
    schemas.name || '.' || proc.proname || '(' || pg_catalog.pg_get_function_identity_arguments(proc.oid) || ')' as name,
    proc.proowner, proc.proowner = schemas.nspowner as is_owners, proc.proacl, proc.prosrc, proc.prosecdef, proc.provolatile, proc.proparallel, proc.proisstrict,
    proc.proconfig, proc.prorows, pg_catalog.pg_get_function_arguments(proc.oid) as arguments,
    pg_catalog.pg_get_function_result(proc.oid) as result
  from schemas
  join pg_catalog.pg_proc as proc on proc.pronamespace = schemas.oid
), rights as (
  select object, pg_catalog.string_agg(who || ' ' || privilege, ', ' order by who, privilege) as held
  from (
    select object, case when granted.grantee = 0 then 'public' else role.rolname end as who,
      granted.privilege_type as privilege
    from (
      select 'schema ' || name as object, coalesce(nspacl, pg_catalog.acldefault('n', nspowner)) as acl from schemas
      union all
      select 'table ' || name, coalesce(relacl, pg_catalog.acldefault('r', relowner)) from tables
      union all
      select 'function ' || name, coalesce(proacl, pg_catalog.acldefault('f', proowner)) from functions
    ) as objects
    cross join lateral pg_catalog.aclexplode(acl) as granted
    left join pg_catalog.pg_roles as role on role.oid = granted.grantee
    where granted.grantee = 0 or role.rolname in ('plenary_writer', 'plenary_reader')
  ) as each
  group by object
), objects as (
  select 'schema ' || name as object, '' as definition from schemas
  union all
  select 'table ' || name,
    pg_catalog.concat_ws(
      ' ', relkind, relpersistence, relrowsecurity, case when relkind = 'v' then pg_catalog.pg_get_viewdef(oid) end,
      rules)
  from tables
  union all
  select 'function ' || name,
    pg_catalog.md5(
      pg_catalog.concat_ws(
        E'\n', prosrc, prosecdef, provolatile, proparallel, proisstrict, proconfig, prorows, arguments, result, is_owners))
  from functions
)
select 'role ' || role.rolname as object,
  pg_catalog.concat_ws(
    ', ', case when role.rolsuper then 'superuser' end, case when role.rolcreaterole then 'creates roles' end,
    case when role.rolcreatedb then 'creates databases' end, case when role.rolreplication then 'replicates' end,
    case when role.rolbypassrls then 'bypasses row-level security' end, case when role.rolcanlogin then 'logs in' end,
    (
      select pg_catalog.string_agg('member of ' || other.rolname, ', ' order by other.rolname)
      from pg_catalog.pg_auth_members as membership
      join pg_catalog.pg_roles as other on other.oid = membership.roleid
      where membership.member = role.oid
    )) as definition
from pg_catalog.pg_roles as role where role.rolname in ('plenary_writer', 'plenary_reader')
union all
select object, definition from objects
union all
select 'rights on ' || objects.object, coalesce(rights.held, 'none')
from objects left join rights on rights.object = objects.object
union all
select 'column ' || tables.name || '.' || attribute.attname,
  pg_catalog.concat_ws(
    ' ', pg_catalog.format_type(attribute.atttypid, attribute.atttypmod), coll.collname,
    case when attribute.attnotnull then 'not null' end, pg_catalog.pg_get_expr(value.adbin, value.adrelid),
    (
      select pg_catalog.string_agg(
        case when granted.grantee = 0 then 'public' else role.rolname end || ' ' || granted.privilege_type, ', '
        order by role.rolname, granted.privilege_type)
      from pg_catalog.aclexplode(attribute.attacl) as granted
      left join pg_catalog.pg_roles as role on role.oid = granted.grantee
      where granted.grantee = 0 or role.rolname in ('plenary_writer', 'plenary_reader')
    ))
from tables
join pg_catalog.pg_attribute as attribute
  on attribute.attrelid = tables.oid and attribute.attnum > 0 and not attribute.attisdropped
left join pg_catalog.pg_collation as coll on coll.oid = attribute.attcollation
left join pg_catalog.pg_attrdef as value on value.adrelid = attribute.attrelid and value.adnum = attribute.attnum
union all
-- Not those that say only "not null", which PostgreSQL keeps here since version 18.
select 'constraint ' || con.conname || ' on ' || tables.name,
  pg_catalog.pg_get_constraintdef(con.oid) || case when con.convalidated then '' else ' not validated' end
from tables
join pg_catalog.pg_constraint as con on con.conrelid = tables.oid and con.contype <> 'n'
union all
-- One more refuses what the log must take.
select 'constraints of ' || tables.name, pg_catalog.string_agg(con.conname, ', ' order by con.conname)
from tables
join pg_catalog.pg_constraint as con on con.conrelid = tables.oid and con.contype <> 'n'
group by tables.name
union all
select 'index ' || class.relname || ' on ' || tables.name, pg_catalog.pg_get_indexdef(index.indexrelid)
from tables
join pg_catalog.pg_index as index on index.indrelid = tables.oid
join pg_catalog.pg_class as class on class.oid = index.indexrelid
where not exists (select from pg_catalog.pg_constraint as con where con.conindid = index.indexrelid)
union all
select 'triggers on ' || tables.name,
  coalesce(
    pg_catalog.string_agg(
      pg_catalog.pg_get_triggerdef(trigger.oid) || ' ' || trigger.tgenabled::text, E'\n' order by trigger.tgname),
    'none')
from tables
left join pg_catalog.pg_trigger as trigger on trigger.tgrelid = tables.oid and not trigger.tgisinternal
group by tables.name
union all
select 'functions of ' || schemas.name, pg_catalog.string_agg(functions.name, E'\n' order by functions.name)
from schemas join functions on functions.schema = schemas.oid
group by schemas.name
