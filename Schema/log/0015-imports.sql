-- Files of other programs: what was imported of them, and that an import was undone.

insert into log.event_type (type, version) values
  ('FileImported', 1),
  ('ImportUndone', 1);
