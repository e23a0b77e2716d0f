insert into temp.diagnosis (
    organization_key,
    position,
    cause,
    since_on,
    amount_nanos,
    currency,
    reference,
    file_id,
    line,
    finding,
    next_step,
    evidence
)
values (
    :organization_key,
    (select count(*) + 1 from diagnosis where organization_key = :organization_key),
    :cause,
    :since_on,
    :amount_nanos,
    :currency,
    :reference,
    :file_id,
    :line,
    :finding,
    :next_step,
    :evidence
);
