-- Raised with every change of these files (Schema.version). A program leaves a database with a higher number alone,
-- because it would replace newer functions and tables by its older ones.

alter table plenary.schema add column version integer not null default 0;
