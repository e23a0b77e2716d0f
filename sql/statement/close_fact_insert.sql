insert into closing_fact (
    organization_id, month, sequence, kind, id, currency, amount_nanos, text, source
)
values (
    :organization_id, :month, :sequence, :kind, :id, :currency, :amount_nanos, :text, :source
);
