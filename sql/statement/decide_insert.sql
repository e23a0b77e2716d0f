insert into decision (
    decision_id, id, verb, leg, amount_nanos, currency, cause, why, decided_by, decided_at
)
values (
    :decision_id, :id, :verb, :leg, :amount_nanos, :currency, :cause, :why, :decided_by,
    :decided_at
);
