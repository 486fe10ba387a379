-- vault.keep stores many keys at once. The function for one key had the same name.

drop function if exists vault.keep(text, text, bytea, text);
