-- People who were registered twice.

insert into log.event_type (type, version) values
  ('PersonsMerged', 1),
  ('PersonsSeparated', 1);
