insert into coverage (organization_key, from_day, until_day)
values (:organization_key, :from_day, :until_day);
