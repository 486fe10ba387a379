-- Who registered and who came: written by its projector alone, dropped and rebuilt when it changes.
--
-- details stay sealed here as they are in the log; they are opened with the vault's keys when a list is
-- shown or printed, so that erasing a person needs no change of this table to hold.

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
  constraint attendee_has_one_row primary key (conference, attendee)
);
