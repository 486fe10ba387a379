-- A hash of the state of the system's catalogues, as far as catalogue.sql looks at them: of each row about the schema, the transaction
-- that wrote it. Whoever changes an object writes its row anew, so the same hash says that nothing was changed. It is read in a quarter
-- of the time. Another hash says nothing: a table that was only rewritten has a new row, too.
--
-- Indexes and defaults are not asked for: who adds, changes or removes one also writes a row in pg_class or pg_attribute. What
-- the working roles may do is read in full, because their rows are a superuser's alone. PostgreSQL's own objects, most rows
-- of pg_proc and pg_class, have numbers below 16384 and are skipped.
select pg_catalog.md5(
  pg_catalog.concat_ws(
    ' ', roles.held, namespace.hash, class.hash, attribute.hash, proc.hash, con.hash, trigger.hash, rule.hash)) as state
from (
  select
    pg_catalog.array_agg(oid) as oids, pg_catalog.sum(pg_catalog.hash_record_extended(row(oid, xmin), 0)) as hash
  from pg_catalog.pg_namespace
  where nspname in ('log', 'vault', 'projection', 'plenary', 'program', 'attendance', 'proceedings')
) as namespace
cross join lateral (
  select
    pg_catalog.array_agg(oid) as oids, pg_catalog.sum(pg_catalog.hash_record_extended(row(oid, xmin), 0)) as hash
  from pg_catalog.pg_class
  where oid >= 16384 and relnamespace = any (namespace.oids)
) as class
cross join lateral (
  select pg_catalog.sum(pg_catalog.hash_record_extended(row(attrelid, attnum, xmin), 0)) as hash
  from pg_catalog.pg_attribute
  where attrelid = any (class.oids)
) as attribute
cross join lateral (
  select pg_catalog.sum(pg_catalog.hash_record_extended(row(oid, xmin), 0)) as hash
  from pg_catalog.pg_proc
  where oid >= 16384 and pronamespace = any (namespace.oids)
) as proc
cross join lateral (
  select pg_catalog.sum(pg_catalog.hash_record_extended(row(oid, xmin), 0)) as hash
  from pg_catalog.pg_constraint
  where conrelid = any (class.oids)
) as con
cross join lateral (
  select pg_catalog.sum(pg_catalog.hash_record_extended(row(oid, xmin), 0)) as hash
  from pg_catalog.pg_trigger
  where tgrelid = any (class.oids)
) as trigger
cross join lateral (
  select pg_catalog.sum(pg_catalog.hash_record_extended(row(oid, xmin), 0)) as hash
  from pg_catalog.pg_rewrite
  where ev_class = any (class.oids)
) as rule
cross join (
  select
    pg_catalog.string_agg(
      pg_catalog.concat_ws(
        ' ', role.oid, role.rolname, role.rolsuper, role.rolcreaterole, role.rolcreatedb, role.rolreplication, role.rolbypassrls,
        role.rolcanlogin,
        (
          select pg_catalog.string_agg(membership.roleid::text, ' ' order by membership.roleid)
          from pg_catalog.pg_auth_members as membership
          where membership.member = role.oid
        )), ',' order by role.rolname) as held
  from pg_catalog.pg_roles as role
  where role.rolname in ('plenary_writer', 'plenary_reader')
) as roles
