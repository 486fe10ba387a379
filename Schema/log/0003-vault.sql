-- The vault: the keys that open what the log holds sealed, one a person. Destroying a key erases that
-- person's data from the log, from every read model and from every backup of them at once; keep the
-- backups of this schema apart and for a short time only.

create schema vault;

create table vault.key (
  conference text not null,
  person text not null,
  key bytea not null,
  constraint person_has_one_key primary key (conference, person),
  constraint key_has_256_bits check (length(key) = 32)
);
