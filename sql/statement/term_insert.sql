-- Adds one term.
insert into term (text) values (:text);
