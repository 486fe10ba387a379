-- The current program. Only its projector writes here. When this file changes, the tables are dropped and rebuilt.
--
-- Texts by organizers are json, {"en": …, "zh": …}.

drop schema if exists program cascade;
create schema program;

-- status: open, closed or archived.
-- identity: a UUID, of which the identifiers in other programs are made; null in logs of the first releases.
-- released: the released version; null after the program has changed since the release.
-- unreleased: what has changed since the release; null before the first release.
create table program.conference (
  conference text collate "C" not null,
  identity text,
  status text not null,
  title json not null,
  short_title json,
  place json,
  first_day date not null,
  last_day date not null,
  zone text not null,
  languages json not null,
  welcome json,
  room_change integer,
  day_start integer,
  website text,
  admission text,
  tickets text,
  organisations json not null,
  released text,
  unreleased json,
  constraint program_has_one_conference primary key (conference)
);

create table program.venue (
  conference text collate "C" not null,
  venue text collate "C" not null,
  ordinal integer not null,
  name json not null,
  address json,
  constraint venue_has_one_row primary key (conference, venue)
);

-- places: two rooms or two venues in alphabetical order: room:a room:b.
create table program.travel_time (
  conference text collate "C" not null,
  places text collate "C" not null,
  minutes integer not null,
  constraint travel_time_has_one_row primary key (conference, places)
);

-- hours: the opening hours of every day, in minutes since midnight; null: always open.
-- hours_of_day: the opening hours of single days.
create table program.room (
  conference text collate "C" not null,
  room text collate "C" not null,
  ordinal integer not null,
  name json not null,
  capacity integer,
  note json,
  venue text,
  features json,
  closed boolean not null,
  hours json,
  hours_of_day json not null,
  closures json not null,
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

-- slots: all slots that the session ever had, see program.slot. Only they have a room and times.
-- assignments: people and their roles, [{"person": …, "role": …}].
-- status: scheduled, cancelled (still in the program) or unscheduled. status_by: the event that gave it this
-- status, {"position": …, "actor": …, "recordedAt": …}.
create table program.session (
  conference text collate "C" not null,
  session text collate "C" not null,
  title json not null,
  kind text not null,
  track text,
  description json,
  languages json not null,
  interpretation json,
  links json,
  expected integer,
  needs json,
  recording json,
  slots json not null,
  assignments json not null,
  presentations json not null,
  sign_ups integer not null,
  status text not null,
  status_by json not null,
  scheduled_at timestamptz not null,
  changed_at timestamptz not null,
  constraint session_has_one_row primary key (conference, session)
);

-- One row per slot. starts and ends are wall times with their zone (RFC 9557); starts_at and ends_at are the
-- instants. sequence: the number of changes that calendars show (SEQUENCE of iCalendar).
create view program.slot as
select
  session.conference,
  session.session,
  (slot ->> 'number')::integer as number,
  slot -> 'slot' ->> 'room' as room,
  slot -> 'slot' ->> 'start' as starts,
  slot -> 'slot' ->> 'end' as ends,
  split_part(slot -> 'slot' ->> 'start', '[', 1)::timestamptz as starts_at,
  split_part(slot -> 'slot' ->> 'end', '[', 1)::timestamptz as ends_at,
  (slot ->> 'removed')::boolean as removed,
  (slot ->> 'sequence')::integer as sequence,
  (slot ->> 'changedAt')::timestamptz as changed_at,
  session.status
from program.session, json_array_elements(session.slots) as slot;

-- sessions: the sessions in which the person has a role or a presentation; unscheduled: those of them whose
-- scheduling was undone. contact: sealed. merged_into: who they are, if they were registered twice.
create table program.person (
  conference text collate "C" not null,
  person text collate "C" not null,
  name json not null,
  sort_key text not null,
  biography json,
  pronunciation json,
  contact text,
  unavailable json not null,
  affiliations json not null,
  withdrawn boolean not null,
  merged_into text,
  sessions json not null,
  unscheduled json not null,
  constraint person_has_one_row primary key (conference, person)
);

-- track, day: the released part of the program; both null: the whole program.
create table program.release (
  conference text collate "C" not null,
  version text collate "C" not null,
  note json,
  track text,
  day date,
  position bigint not null,
  released_at timestamptz not null,
  released_by text not null,
  constraint release_has_one_row primary key (conference, version)
);

-- position: the position that the print shows; recorded_at_position: the event that recorded the print.
create table program.print (
  conference text collate "C" not null,
  number integer not null,
  kind text not null,
  position bigint not null,
  settings json not null,
  hash text not null,
  templates text not null,
  copies integer,
  recipient text,
  recorded_at_position bigint not null,
  printed_at timestamptz not null,
  printed_by text not null,
  constraint print_has_one_row primary key (conference, number)
);

-- The keys by which other programs know a session, a speaker or a room.
--
-- thing: session:opening. keys: a line for each key, with the source: pretalx code:SFKNTZ. Without any: the speaker
-- was erased.
create table program.key (
  conference text collate "C" not null,
  thing text collate "C" not null,
  keys text not null,
  constraint thing_has_one_row primary key (conference, thing)
);

-- The program as last released, with the position of that release, for those who may not read the log.
--
-- rows: the rows of the tables above as lines of COPY, table by table.
-- starts: the earlier released starts of slots. published: the sessions that any release contained.
create table program.public (
  conference text collate "C" not null,
  position bigint not null,
  last_event_at timestamptz,
  frontier bytea not null,
  rows text not null,
  starts json not null,
  published json not null,
  constraint program_is_released_once primary key (conference)
);
