-- Keeps one price of rules/rates.csv.
insert into rate (model, token_kind, service_tier, from_on, until_on, rate_nanos, source, file_id)
values (
    :model, :token_kind, :service_tier, :from_on, :until_on, :rate_nanos, :source, null
);
