-- log.leaf: the leaf hash of an event, as RFC 9162 §2.1.1 prefixes it.
--
-- Nine lines and then the body to the end: conference, position, type, version, tags with a space
-- between, actor, reason, command id, microseconds since 1970. None of the lines can hold a line end
-- (the constraints of log.event and log.tag), so no two events have one encoding.
create or replace function log.leaf(
  conference text, pos bigint, type text, version integer, tags text, actor text, reason text,
  command_id uuid, microseconds bigint, body text)
returns bytea
language sql stable parallel safe
as $$
  select sha256(
    decode('00', 'hex')
    || convert_to(
      concat_ws(
        E'\n', conference, pos, type, version, tags, actor, coalesce(reason, ''), command_id,
        microseconds, body),
      'UTF8'))
$$;
