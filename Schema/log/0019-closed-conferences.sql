-- Conferences that are over.

insert into log.event_type (type, version) values
  ('ConferenceClosed', 1),
  ('ConferenceArchived', 1),
  ('ConferenceReopened', 1);
