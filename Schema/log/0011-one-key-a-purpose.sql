-- One key a purpose. Its owner is an attendee (attendee:a-1), a speaker's address (person:li-wei), or one withheld
-- speaker (identity:COMMAND, the command that sealed the speaker): it names nobody, so that the vault says of no
-- speaker whether a withheld statement is theirs.
--
-- A withheld speaker's key that was destroyed leaves its row, without the key: no event says which ones were.

alter table vault.key rename column person to owner;
alter table vault.key rename constraint person_has_one_key to owner_has_one_key;
alter table vault.key alter column key drop not null;
alter table vault.key add constraint only_identities_outlive_their_key check (key is not null or owner like 'identity:%');

-- Until now, a speaker's key opened both the address and the withheld statements.
insert into vault.key (conference, owner, key)
select conference, 'identity:' || gen_random_uuid(), key from vault.key where owner like 'person:%';
