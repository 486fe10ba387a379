-- One key a purpose. Its owner is an attendee (attendee:a-1), a speaker's address (person:li-wei), or one withheld
-- speaker (identity:COMMAND, the command that sealed the speaker): it names nobody, so that the vault says of no
-- speaker whether a withheld statement is theirs.
--
-- A withheld speaker's key that was destroyed leaves its row, without the key: no event says which ones were.

alter table vault.key rename column person to owner;
alter table vault.key rename constraint person_has_one_key to owner_has_one_key;
alter table vault.key alter column key drop not null;
alter table vault.key add constraint only_identities_outlive_their_key check (key is not null or owner like 'identity:%');

-- Until now, a speaker's key opened the address and every withheld statement. Which statements, only a program can tell that
-- opens them, so no key is copied here. No released version of Plenary made such a log.
do $$
begin
  if exists (
    select from vault.key as stored
    where stored.owner like 'person:%' and stored.conference in (
      select event.conference from log.event as event
      where event.body::text like '%"identity":"%' and event.body::text like '%"withheld"%'
      union
      select words.conference from log.words as words
      where words.words::text like '%"identity":"%' and words.words::text like '%"withheld"%')
  ) then
    raise exception 'The keys of speakers in this database may also decrypt withheld statements, and every such statement needs a '
      'key of its own now. Back the database up with the version of Plenary that made it, and restore that with this one '
      '(plenary db restore).'
      using errcode = 'PL007';
  end if;
end
$$;
