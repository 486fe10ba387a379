-- Speakers can be erased, and their biographies destroyed: new versions of these events (see 0009).

insert into log.event_type (type, version) values
  ('PersonErased', 2),
  ('SpeakerRegistered', 2),
  ('SpeakerRevised', 2);
