-- Attendees who withdrew and take part after all.

insert into log.event_type (type, version) values
  ('AttendeeReinstated', 1);
