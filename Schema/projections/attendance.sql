-- Registered attendees and their attendance. Only its projector writes here. When this file changes, the tables are
-- dropped and rebuilt.
--
-- details: sealed, as in the log. They are decrypted with the vault's keys when a list is shown or printed. So erasing
-- a person works without changing this table.
-- presence: the sessions and days on which they were checked in, each with the time and the station.
-- late_scans: the same of scans that stations handed in late, and that were no check-ins.

drop schema if exists attendance cascade;
create schema attendance;

create table attendance.attendee (
  conference text collate "C" not null,
  attendee text collate "C" not null,
  ordinal integer not null,
  category text not null,
  listed boolean not null,
  status text not null,
  details text,
  sessions json not null,
  registered_at timestamptz not null,
  checked_in_at timestamptz,
  station text,
  presence json not null,
  late_scans json not null,
  constraint attendee_has_one_row primary key (conference, attendee)
);

-- The keys by which other programs know an attendee: the codes of their orders. plenary_reader may not read them.
--
-- thing: attendee:a-7k3m9q. keys: a line for each key, with the source: pretix code:A7B3C. Without any: the attendee
-- was erased.
create table attendance.key (
  conference text collate "C" not null,
  thing text collate "C" not null,
  keys text not null,
  constraint thing_has_one_row primary key (conference, thing)
);
