-- The working roles. Grants make the log append-only: only the owner's functions may write it. log.append and
-- log.append_commands add to it; log.expunge also destroys words, and vault.erase keys, with an event that says so; vault.keep stores keys.
--
--   plenary_writer  appends, expunges and erases through these functions, reads the log and the vault, runs projectors
--   plenary_reader  reads the read models and how far the log goes, but neither the log with its words nor the vault
--
-- Grant one of them to a login: grant plenary_writer to anna;

do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'plenary_writer') then
    create role plenary_writer nologin;
  end if;
  if not exists (select from pg_catalog.pg_roles where rolname = 'plenary_reader') then
    create role plenary_reader nologin;
  end if;
exception
  when duplicate_object or unique_violation then null;  -- another database of this server made it first
end
$$;

-- Whatever else somebody made them goes. Where the owner may not do that, plenary db migrate names the role.
do $$
declare
  _change text;
begin
  for _change in
    select format('alter role %I nosuperuser nocreaterole nocreatedb noreplication nobypassrls nologin', role.rolname)
    from pg_catalog.pg_roles as role
    where role.rolname in ('plenary_writer', 'plenary_reader')
      and (role.rolsuper or role.rolcreaterole or role.rolcreatedb or role.rolreplication or role.rolbypassrls
        or role.rolcanlogin)
    union all
    select format('revoke %I from %I', other.rolname, role.rolname)
    from pg_catalog.pg_auth_members as membership
    join pg_catalog.pg_roles as role on role.oid = membership.member
    join pg_catalog.pg_roles as other on other.oid = membership.roleid
    where role.rolname in ('plenary_writer', 'plenary_reader')
  loop
    begin
      execute _change;
    exception
      when insufficient_privilege then null;
    end;
  end loop;
end
$$;

-- A function of the schema's owner does what its owner may do.
do $$
declare
  _change text;
begin
  for _change in
    select format('alter function %s owner to %I', proc.oid::regprocedure, owner.rolname)
    from pg_catalog.pg_proc as proc
    join pg_catalog.pg_namespace as space on space.oid = proc.pronamespace and space.nspowner <> proc.proowner
    join pg_catalog.pg_roles as owner on owner.oid = space.nspowner
    where space.nspname in ('log', 'vault', 'projection', 'plenary', 'program', 'attendance', 'proceedings')
  loop
    execute _change;
  end loop;
end
$$;

-- From nothing, so that no right stays that somebody gave these roles or everybody.
revoke all on schema log, vault, projection, plenary, program, attendance, proceedings
  from public, plenary_writer, plenary_reader;
revoke all on all tables in schema log, vault, projection, plenary, program, attendance, proceedings
  from public, plenary_writer, plenary_reader;
revoke all on all functions in schema log, vault, projection, plenary, program, attendance, proceedings
  from public, plenary_writer, plenary_reader;

grant usage on schema plenary, projection to plenary_writer, plenary_reader;
grant select on plenary.migration, plenary.schema, plenary.catalogue to plenary_writer, plenary_reader;

grant usage on schema log, vault, program, attendance, proceedings to plenary_writer;
grant select on all tables in schema log to plenary_writer;
grant execute on function
  log.append(text, uuid, bytea, text, text, text[], integer[], text[], text[], json, bigint, text[], bytea[]),
  log.append_commands(
    text, bigint, uuid[], bytea[], text[], text[], integer[], text[], integer[], text[], text[], text[], bytea[]),
  log.expunge(
    text, uuid, bytea, text, text, text[], integer[], text[], text[], bigint[], json, bigint, text[], bytea[]),
  log.read(text, json, bigint, bigint),
  log.receipts(text, uuid[]),
  log.matching(text, json, bigint, bigint),
  log.check_query(json),
  log.events_set_aside(text)
to plenary_writer;
grant execute on function
  vault.erase(
    text, uuid, bytea, text, text, text[], integer[], text[], text[], text[], bigint[], json, bigint, text[], bytea[]),
  vault.forget(text),
  vault.keep(text, text[], bytea[], text)
to plenary_writer;
grant select on vault.key to plenary_writer;
grant select, insert, update, delete on all tables in schema projection to plenary_writer;
grant select, insert, update, delete
  on all tables in schema program, attendance, proceedings to plenary_writer;

grant usage on schema program, attendance, proceedings to plenary_reader;
grant usage on schema log to plenary_reader;
grant select on log.head to plenary_reader;
grant select on projection.checkpoint to plenary_reader;
grant select on all tables in schema program, attendance, proceedings to plenary_reader;
revoke select on attendance.key from plenary_reader;
