-- Distributes the tables over the nodes of a Citus cluster. Each conference lives on one node as a whole: its log, its keys
-- and its read models, in shards that stay together. What all conferences share is copied to every node. log.append and the
-- other functions of one conference run on the node where it lives.
--
-- Run by the owner with the extension citus in place (plenary db distribute), and again by plenary db migrate, because a read
-- model that is made anew is not distributed. Tables and functions that are distributed already are left alone.
-- obstacles.sql says what Citus would refuse; a test keeps it empty.

-- Citus refuses triggers on distributed tables. The grants still forbid every change.
do $$
declare
  _trigger record;
begin
  for _trigger in
    select trigger.tgname as name, trigger.tgrelid::regclass as of
    from pg_catalog.pg_trigger as trigger
    where trigger.tgfoid = 'log.refuse_change()'::regprocedure
  loop
    execute format('drop trigger %I on %s', _trigger.name, _trigger.of);
  end loop;
end
$$;

do $$
declare
  _table record;
begin
  for _table in
    select class.oid, class.oid::regclass as name, conference.attnum is not null as of_a_conference
    from pg_catalog.pg_class as class
    left join pg_catalog.pg_attribute as conference
      on conference.attrelid = class.oid and conference.attname = 'conference' and not conference.attisdropped
    where class.relkind in ('r', 'p')
      and class.relnamespace in (
        select oid from pg_catalog.pg_namespace
        where nspname in ('log', 'vault', 'projection', 'plenary', 'program', 'attendance', 'proceedings'))
      and not exists (select from pg_catalog.pg_dist_partition as known where known.logicalrelid = class.oid)
    -- The others stay together with log.head.
    order by class.oid <> 'log.head'::regclass, class.oid
  loop
    if _table.of_a_conference then
      perform create_distributed_table(
        _table.name, 'conference',
        colocate_with => case when _table.oid = 'log.head'::regclass then 'none' else 'log.head' end);
    else
      perform create_reference_table(_table.name);
    end if;
    -- What was here before is copied. The old rows are hidden, not gone; keys and words must be.
    perform truncate_local_data_after_distributing_table(_table.name);
  end loop;
end
$$;

-- A function of one conference runs where that conference lives. The others only need to be on every node.
do $$
declare
  _function record;
begin
  for _function in
    select proc.oid::regprocedure as signature, proc.proargnames[1] is not distinct from 'conference' as of_a_conference
    from pg_catalog.pg_proc as proc
    where proc.pronamespace in ('log'::regnamespace, 'vault'::regnamespace)
      and proc.prorettype <> 'trigger'::regtype
      -- log.leaf only computes.
      and proc.proname <> 'leaf'
  loop
    if _function.of_a_conference then
      perform create_distributed_function(_function.signature, 'conference', colocate_with => 'log.head');
    else
      perform create_distributed_function(_function.signature);
    end if;
  end loop;
  perform create_distributed_function(proc.oid::regprocedure)
  from pg_catalog.pg_proc as proc
  where proc.pronamespace = 'log'::regnamespace and proc.proname = 'leaf';
end
$$;
