-- vault.forget: destroys keys that the log says were destroyed (vault.says_destroyed), with events that are not set aside. A
-- vault that was restored from a backup has them again.
--
-- Returns how many there were. Raises 55P03 as vault.destroy does.
create or replace function vault.forget(conference text)
returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '1s'
as $$
declare
  _owners text[];
begin
  -- One at a time: two that have read would both wait for the other one in vault.destroy. Reading and storing keys goes on.
  if to_regclass('pg_catalog.pg_dist_partition') is null then
    lock table vault.key in share update exclusive mode;
  end if;
  select array_agg(last.tag) into _owners
  from (
    select distinct on (tag.tag) tag.tag, event.type, event.body::text as body
    from log.tag as tag
    join log.event as event on event.conference = tag.conference and event.position = tag.position
    where tag.conference = forget.conference
      and tag.tag in (
        select stored.owner from vault.key as stored
        where stored.conference = forget.conference and stored.key is not null
      )
      and event.type in ('PersonErased', 'ContactStated')
      and event.position not in (select aside.position from log.events_set_aside(forget.conference) as aside)
    order by tag.tag, tag.position desc
  ) as last
  where vault.says_destroyed(last.type, last.tag, last.body);
  return vault.destroy(forget.conference, _owners);
end
$$;
