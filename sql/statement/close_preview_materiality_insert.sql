insert into temp.close_materiality (organization_id, month, currency, limit_nanos, rule)
values (:organization_id, :month, :currency, :limit_nanos, :rule);
