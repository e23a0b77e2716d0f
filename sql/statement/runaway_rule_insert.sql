insert into runaway_rule (id, rule, from_on, day_count, excess_nanos, evidence)
values (:id, :rule, :from_on, :day_count, :excess_nanos, :evidence);
