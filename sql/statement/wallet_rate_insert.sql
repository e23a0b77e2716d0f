insert into charge_rate (charge_id, original_nanos, original_currency, rate_nanos, source)
values (:charge_id, :original_nanos, :original_currency, :rate_nanos, :source);
