-- The record of the sessions. Only its projector writes here. When this file changes, the tables are dropped
-- and rebuilt.

drop schema if exists proceedings cascade;
create schema proceedings;

-- kind: statement, position, conclusion or recommendation. Columns that a kind does not use are null.
-- wording: the text of the statement, stance, conclusion or recommendation.
-- position: the last event about the entry.
create table proceedings.entry (
  conference text collate "C" not null,
  entry text collate "C" not null,
  kind text not null,
  session text not null,
  number integer not null,
  position bigint not null,
  form text,
  act text,
  attribution json not null,
  wording json not null,
  topic json,
  rationale json,
  addressees json not null,
  spoken text,
  mentions json not null,
  based_on text,
  corrections integer not null,
  retracted boolean not null,
  recorded_at timestamptz not null,
  constraint entry_has_one_row primary key (conference, entry)
);

create table proceedings.issue (
  conference text collate "C" not null,
  issue integer not null,
  provisional boolean not null,
  note json,
  position bigint not null,
  issued_at timestamptz not null,
  constraint issue_has_one_row primary key (conference, issue)
);
