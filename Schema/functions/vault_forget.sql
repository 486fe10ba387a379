-- vault.forget: destroys keys that the log says were destroyed. A vault that was restored from a backup has them again.
--
-- Returns how many there were.
create or replace function vault.forget(conference text)
returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  _owners text[];
begin
  select array_agg(last.tag) into _owners
  from (
    select distinct on (tag.tag) tag.tag, event.type, event.body
    from log.tag as tag
    join log.event as event on event.conference = tag.conference and event.position = tag.position
    where tag.conference = forget.conference
      and tag.tag in (
        select stored.owner from vault.key as stored
        where stored.conference = forget.conference and stored.key is not null
      )
      and event.type in ('PersonErased', 'ContactStated')
    order by tag.tag, tag.position desc
  ) as last
  where last.type = 'PersonErased' or last.body ->> 'contact' is null;
  return vault.destroy(forget.conference, _owners);
end
$$;
