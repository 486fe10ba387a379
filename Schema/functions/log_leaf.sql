-- log.leaf: the leaf hash of an event, with the leaf prefix of RFC 9162 §2.1.1.
--
-- The hashed text has nine lines and then the body: conference, position, type, version, tags separated by
-- spaces, actor, reason, command id, microseconds since 1970. None of the nine values can contain a line
-- break (log.append checks them), so no two events have the same encoding.
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
