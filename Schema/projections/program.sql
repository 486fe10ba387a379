-- The program as it stands: written by its projector alone, dropped and rebuilt when it changes.
--
-- released: the version that the program was released as, until something in it changes. Texts that
-- organizers write are json, {"en": …, "zh": …}.

drop schema if exists program cascade;
create schema program;

create table program.conference (
  conference text collate "C" not null,
  title json not null,
  short_title json,
  place json,
  first_day date not null,
  last_day date not null,
  zone text not null,
  languages json not null,
  organisations json not null,
  released text,
  constraint program_has_one_conference primary key (conference)
);

create table program.room (
  conference text collate "C" not null,
  room text collate "C" not null,
  ordinal integer not null,
  name json not null,
  capacity integer,
  note json,
  closed boolean not null,
  constraint room_has_one_row primary key (conference, room)
);

create table program.track (
  conference text collate "C" not null,
  track text collate "C" not null,
  ordinal integer not null,
  name json not null,
  color text,
  constraint track_has_one_row primary key (conference, track)
);

-- starts and ends as the clock shows them with the zone (RFC 9557); starts_at and ends_at the instants.
-- placed_by: who put it there and when. parts: who does what, [{"person": …, "role": …}]. sequence counts the changes that a calendar shows.
create table program.session (
  conference text collate "C" not null,
  session text collate "C" not null,
  title json not null,
  kind text not null,
  room text not null,
  starts text not null,
  ends text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  track text,
  description json,
  languages json not null,
  parts json not null,
  cancelled boolean not null,
  sequence integer not null,
  changed_at timestamptz not null,
  placed_by json not null,
  constraint session_has_one_row primary key (conference, session)
);

-- sessions: those in which the person has a part.
create table program.person (
  conference text collate "C" not null,
  person text collate "C" not null,
  name json not null,
  sort_key text not null,
  biography json,
  affiliations json not null,
  withdrawn boolean not null,
  sessions json not null,
  constraint person_has_one_row primary key (conference, person)
);

create table program.release (
  conference text collate "C" not null,
  version text collate "C" not null,
  note json,
  position bigint not null,
  released_at timestamptz not null,
  released_by text not null,
  constraint release_has_one_row primary key (conference, version)
);
