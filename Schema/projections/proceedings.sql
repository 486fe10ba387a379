-- The record of the sessions. Only its projector writes here. When this file changes, the tables are dropped
-- and rebuilt.

drop schema if exists proceedings cascade;
create schema proceedings;

-- kind: statement, position, conclusion or recommendation. Columns that a kind does not use are null or empty.
-- place, place_fraction: where it stands in its session: at a position of the log (with an empty fraction), or between
-- it and the next one.
-- number, issue: what the first issue that contains it fixed; null for a draft.
-- text: the words of a statement, stance, conclusion or recommendation.
-- revision: the event that gave the original its present wording; renderings: for each language, which wording of
-- the original its text renders; worded_at: for each language, the event that gave its text its words;
-- rationale_at: the same of the rationale.
-- spoken, said: in which language, and when it was said.
-- meaning_changed_at: the last event that changed what it says or took it out; meaning_changed_before: the one before,
-- for when it comes back; reviewed_at: the last event that stated what it says or rests on, or reaffirmed it;
-- reaffirmed_at: the last that reaffirmed it.
-- kept: retracted, but printed with its number, by a version that fixed no numbers; merged_into: what has its words now.
-- expunction: who ordered that its words are destroyed, and why; replacement: the same where it has other words now.
-- position: the last event about the entry.
create table proceedings.entry (
  conference text collate "C" not null,
  entry text collate "C" not null,
  kind text not null,
  session text not null,
  place bigint not null,
  place_fraction text collate "C" not null,
  number text,
  issue integer,
  form text,
  acts json not null,
  attribution json not null,
  text json not null,
  topic json,
  rationale json,
  addressees json not null,
  spoken text,
  said timestamptz,
  mentions json not null,
  based_on text,
  revision bigint not null,
  renderings json not null,
  worded_at json not null,
  rationale_at json not null,
  meaning_changed_at bigint,
  meaning_changed_before bigint,
  reviewed_at bigint not null,
  reaffirmed_at bigint,
  corrections json not null,
  retracted boolean not null,
  kept boolean not null,
  merged_into text,
  expunction json,
  replacement json,
  recorded_position bigint not null,
  position bigint not null,
  recorded_at timestamptz not null,
  constraint entry_has_one_row primary key (conference, entry)
);

-- For commands that name an entry by its printed number.
create index entry_number on proceedings.entry (conference, number) where number is not null;

-- changes: the new words; before: those that an accepted correction replaced; names_before: for each language of the
-- text and the rationale, the position of the log whose registered names they had.
create table proceedings.correction (
  conference text collate "C" not null,
  correction text collate "C" not null,
  entry text collate "C" not null,
  session text not null,
  kind text not null,
  requester json,
  retracts boolean not null,
  changes json not null,
  before json,
  names_before json not null,
  status text not null,
  verified_against text,
  reason json,
  requested_at timestamptz not null,
  decided_at timestamptz,
  position bigint not null,
  constraint correction_has_one_row primary key (conference, correction)
);

-- at_position: the position that the issue is built at; null for issues of earlier versions.
-- document, typesetting: SHA-256 of what was printed, and of the templates and the typesetter.
create table proceedings.issue (
  conference text collate "C" not null,
  issue integer not null,
  provisional boolean not null,
  note json,
  at_position bigint,
  date text,
  document text,
  typesetting text,
  position bigint not null,
  issued_at timestamptz not null,
  constraint issue_has_one_row primary key (conference, issue)
);

-- at_position: what the draft that was proofed was built at.
create table proceedings.proof (
  conference text collate "C" not null,
  position bigint not null,
  at_position bigint not null,
  proofed_at timestamptz not null,
  constraint proof_has_one_row primary key (conference, position)
);

-- by_hand: the number that the organizer gave; ordinal: the one that an issue fixed.
create table proceedings.numbered_session (
  conference text collate "C" not null,
  session text collate "C" not null,
  by_hand integer,
  ordinal text,
  issue integer,
  constraint numbered_session_has_one_row primary key (conference, session)
);

-- step: `opening/1`. kind: convened, suspended, resumed or closed. at: a day, or a time with its zone (RFC 9557).
create table proceedings.sitting_step (
  conference text collate "C" not null,
  step text collate "C" not null,
  session text not null,
  number integer not null,
  kind text not null,
  at text,
  presiding json,
  present integer,
  quorum integer,
  place json,
  position bigint not null,
  constraint sitting_step_has_one_row primary key (conference, step)
);

-- segment: `opening/1`. place, place_fraction: where it begins among the entries, as in entry.
create table proceedings.segment (
  conference text collate "C" not null,
  segment text collate "C" not null,
  session text not null,
  number integer not null,
  title json not null,
  place bigint not null,
  place_fraction text collate "C" not null,
  position bigint not null,
  constraint segment_has_one_row primary key (conference, segment)
);

-- A session that the record prints under a title of its own.
create table proceedings.heading (
  conference text collate "C" not null,
  session text collate "C" not null,
  heading json not null,
  position bigint not null,
  constraint heading_has_one_row primary key (conference, session)
);

create table proceedings.front_matter (
  conference text collate "C" not null,
  headline json,
  brand json,
  series json,
  series_number integer,
  dateline json,
  summary json,
  summary_from json,
  note json,
  publisher json,
  identifiers json,
  licence json,
  citation json,
  participants text,
  unstated text,
  position bigint not null,
  constraint front_matter_has_one_row primary key (conference)
);

-- The authority file: organisations that texts mention. details: name, abbreviation, expansion, expandedBy, parent,
-- relations, note, source, status; what is not known is left out.
create table proceedings.organisation (
  conference text collate "C" not null,
  organisation text collate "C" not null,
  details json not null,
  position bigint not null,
  constraint organisation_has_one_row primary key (conference, organisation)
);

-- The authority file: subjects that texts are about. details: name, abbreviation, expansion, expandedBy.
create table proceedings.subject (
  conference text collate "C" not null,
  subject text collate "C" not null,
  details json not null,
  position bigint not null,
  constraint subject_has_one_row primary key (conference, subject)
);

-- The names under which texts mention organisations, subjects and persons. reference: `org:eaeu`; names: as they changed,
-- each with the position of the log since which it holds.
create table proceedings.registered_name (
  conference text collate "C" not null,
  reference text collate "C" not null,
  kind text not null,
  slug text not null,
  names json not null,
  constraint registered_name_has_one_row primary key (conference, reference)
);
