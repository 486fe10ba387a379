-- log.leaf: the leaf hash of an event, with the leaf prefix of RFC 9162 §2.1.1.
--
-- Version 2 of the encoding, for an event with a login: the hashed text has eleven lines and then the body: "leaf 2",
-- conference, position, type, version, tags separated by spaces, actor, login, reason, command id, microseconds since
-- 1970. Version 1, for an event without, lacks the first line and the login's. None of these values can contain a line
-- break (log.append checks them), and no conference is called "leaf 2", so no two events have the same encoding.
create or replace function log.leaf(
  conference text, pos bigint, type text, version integer, tags text, actor text, reason text,
  command_id uuid, microseconds bigint, body text, login text)
returns bytea
language sql stable parallel safe
as $$
  select sha256(
    decode('00', 'hex')
    || convert_to(
      -- concat_ws leaves out what is null.
      concat_ws(
        E'\n', case when login is not null then 'leaf 2' end, conference, pos, type, version, tags, actor, login,
        coalesce(reason, ''), command_id, microseconds, body),
      'UTF8'))
$$;
