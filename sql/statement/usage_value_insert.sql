-- Keeps what one model's use of one kind on one day was worth.
insert into usage_value (
    organization_key, project_key, kind, day, model, service_tier, token_kind, quantity, rate_id,
    value_nanos, is_provisional
)
select c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10
from rowsource;
