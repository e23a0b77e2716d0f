insert into statement_coverage (account_id, from_on, until_on)
values (:account_id, :from_on, :until_on);
