-- Scans that a station without a connection handed in late, and that were no check-ins any more.

insert into log.event_type (type, version) values
  ('LateScanRecorded', 1);
