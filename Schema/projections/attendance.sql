-- Registered attendees and their attendance. Only its projector writes here. When this file changes, the table is
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
