-- How far each projector has come in each conference, and what stopped it.

create schema projection;

-- frontier: the Merkle tree's hashes up to position (see MerkleTree), so that everything printed can
-- bear the root that it was made from without reading the log again.
create table projection.checkpoint (
  conference text not null,
  projector text not null,
  revision integer not null,
  position bigint not null,
  last_event_at timestamptz,
  frontier bytea not null,
  constraint projector_has_one_checkpoint_a_conference primary key (conference, projector)
);

-- An event that a projector could not take: it stopped there, for this conference only.
create table projection.dead_letter (
  conference text not null,
  projector text not null,
  revision integer not null,
  position bigint not null,
  type text not null,
  error text not null,
  stopped_at timestamptz not null default clock_timestamp(),
  constraint projector_stops_once_a_position primary key (conference, projector, position)
);

-- Which definition of each read model is in place; another one means: drop, create, rebuild.
create table projection.read_model (
  name text not null,
  definition bytea not null,
  constraint read_model_has_one_definition primary key (name)
);
