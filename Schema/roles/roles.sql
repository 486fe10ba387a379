-- The working roles. Grants make the log append-only: only the owner's functions may write it. log.append adds to it;
-- log.expunge also destroys words, and vault.erase keys, with an event that says so.
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
  log.expunge(
    text, uuid, bytea, text, text, text[], integer[], text[], text[], bigint[], json, bigint, text[], bytea[]),
  log.read(text, json, bigint, bigint),
  log.matching(text, json, bigint, bigint),
  log.check_query(json),
  log.events_set_aside(text)
to plenary_writer;
grant execute on function
  vault.erase(
    text, uuid, bytea, text, text, text[], integer[], text[], text[], text[], bigint[], json, bigint, text[], bytea[]),
  vault.forget(text)
to plenary_writer;
grant select, insert on vault.key to plenary_writer;
grant select, insert, update, delete on all tables in schema projection to plenary_writer;
grant select, insert, update, delete
  on all tables in schema program, attendance, proceedings to plenary_writer;

grant usage on schema program, attendance, proceedings to plenary_reader;
grant usage on schema log to plenary_reader;
grant select on log.head to plenary_reader;
grant select on projection.checkpoint to plenary_reader;
grant select on all tables in schema program, attendance, proceedings to plenary_reader;
