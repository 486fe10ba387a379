-- ANALYZE keeps samples of a column in pg_statistic, where a destroyed key would stay.
alter table vault.key alter column key set statistics 0;
