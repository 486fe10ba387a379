-- The record of the sessions: written by its projector alone, dropped and rebuilt when it changes.

drop schema if exists proceedings cascade;
create schema proceedings;

-- kind: statement, position, conclusion or recommendation; what each kind has no use for is null.
-- wording: the statement, the stance, the conclusion, what was called for. position: of the last
-- event about it.
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
