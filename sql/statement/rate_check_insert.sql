-- Keeps what one line of cost is beside its quantity at list price.
insert into rate_check (
    organization_key, project_key, day, currency, model, service_tier, token_kind, quantity, rate_id,
    value_nanos, cost_nanos, cause
)
values (
    :organization_key, :project_key, :day, :currency, :model, :service_tier, :token_kind, :quantity,
    :rate_id, :value_nanos, :cost_nanos, :cause
);
