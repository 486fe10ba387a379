-- vault.says_destroyed: whether an event says that the key of one of its tags is destroyed: the PersonErased of an attendee or a
-- speaker, or a ContactStated of a speaker without a contact, written exactly as Plenary writes it. A withheld speaker's key
-- is in no tag; an event that has it there anyway says nothing.
--
-- The body is read as text. The operators of JSON raise an error for some bodies, such as one with the escape \u0000, and
-- one such event would keep every key of the conference from being destroyed.
create or replace function vault.says_destroyed(type text, tag text, body text)
returns boolean
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select says_destroyed.type = 'PersonErased' and says_destroyed.tag ~ '^(attendee|person):'
    or says_destroyed.type = 'ContactStated' and says_destroyed.tag ~ '^person:'
      and says_destroyed.body = '{"person":"' || substr(says_destroyed.tag, 8) || '"}'
$$;
