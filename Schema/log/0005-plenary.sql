-- Which of these files have been applied, so that the next ones can be told from them.

create schema plenary;

create table plenary.migration (
  number integer not null,
  name text not null,
  applied_at timestamptz not null default clock_timestamp(),
  constraint migration_is_applied_once primary key (number)
);

-- One row: a hash of the whole schema that Plenary last put in place; every command compares it.
create table plenary.schema (
  singleton boolean not null default true,
  fingerprint text not null,
  constraint schema_is_one_row primary key (singleton),
  constraint schema_is_the_only_row check (singleton)
);
