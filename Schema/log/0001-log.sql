-- The log: one conference, one order, no gaps.
--
-- Every key leads with conference, so that the tables can be distributed by it and conferences never
-- wait for each other. Written by log.append alone, which also checks what names and tags are made of
-- (once a batch: as constraints of these tables the same patterns took a third of every append);
-- nothing is ever updated or deleted. Names compare as bytes (collate "C"): an order that no upgrade of
-- the system's locales can change under an index.

create schema log;

-- The last position of each conference; its row is the lock that makes the order.
-- The room left in each page lets an update stay in it (HOT), since this row is updated all the time.
create table log.head (
  conference text collate "C" not null,
  position bigint not null default 0,
  constraint head_is_one_row_a_conference primary key (conference),
  constraint conference_is_a_slug
    check (conference ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(conference) <= 64),
  constraint position_is_never_negative check (position >= 0)
) with (fillfactor = 20);

-- body is json, not jsonb: the stored bytes are what is hashed, and they read out twice as fast.
create table log.event (
  conference text collate "C" not null,
  position bigint not null,
  type text collate "C" not null,
  version integer not null,
  tags text[] collate "C" not null,
  body json not null,
  actor text not null,
  reason text,
  command_id uuid not null,
  recorded_at timestamptz not null,
  leaf bytea not null,
  constraint event_has_one_position primary key (conference, position),
  constraint version_is_positive check (version > 0),
  constraint leaf_is_a_sha256 check (length(leaf) = 32)
);

-- What an event is about, one row a tag: a B-tree, because GIN does not carry this at volume.
create table log.tag (
  conference text collate "C" not null,
  tag text collate "C" not null,
  position bigint not null,
  constraint tag_leads_to_positions primary key (conference, tag, position)
);

-- What became of each command: its positions, and a hash of what it asked for.
create table log.receipt (
  conference text collate "C" not null,
  command_id uuid not null,
  request bytea not null,
  first_position bigint not null,
  last_position bigint not null,
  constraint command_has_one_effect primary key (conference, command_id)
);
