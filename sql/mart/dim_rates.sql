-- One row per price of the rate card: the user's own, and those of rules/rates.csv.
--
-- grain    model, token_kind, service_tier, from_on, file
-- reads    rate, file
-- read by  reports/rates
create view dim_rates as
select
    rate.model,
    rate.token_kind,
    rate.service_tier,
    rate.rate_nanos as price_nanos,
    'USD' as currency,
    coalesce(rate.from_on, '') as from_on,
    coalesce(rate.until_on, '') as until_on,
    rate.source,
    coalesce(file.name, 'rules/rates.csv') as origin
from rate
left join file on file.file_id = rate.file_id;
