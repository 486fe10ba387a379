-- Transcripts that were imported.

insert into log.event_type (type, version) values
  ('TranscriptImported', 1),
  ('TranscriptImportUndone', 1);
