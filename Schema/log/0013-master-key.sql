-- Keys can be encrypted with a master key that is not in the database. Then the column `master` names it, and `key` holds
-- nonce, encrypted key and tag. Null: the key is stored as it is.

alter table vault.key add column master text;
alter table vault.key drop constraint key_has_256_bits;
alter table vault.key add constraint key_has_256_bits check (length(key) = case when master is null then 32 else 60 end);
alter table vault.key add constraint only_a_key_has_a_master check (key is not null or master is null);
