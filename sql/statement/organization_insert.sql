-- Adds one organization; its name is derived later.
insert into organization (organization_id, name) values (:text, '');
