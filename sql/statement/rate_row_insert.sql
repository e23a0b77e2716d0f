-- Keeps one row of a table of prices.
insert into rate_row (
    file_id, line, model, token_kind, service_tier, rate_nanos, from_on, until_on, source
)
values (
    :file_id, :line, :model, :token_kind, :service_tier, :rate_nanos, :from_on, :until_on, :source
);
