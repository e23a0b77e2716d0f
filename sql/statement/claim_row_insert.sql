-- Keeps one row of the table of claims.
insert into claim_row (
    file_id, line, claim_id, charge, card_last4, dated_on, amount_nanos, currency, claimant,
    submitted_on, approver, purpose
)
values (
    :file_id, :line, :claim_id, :charge, :card_last4, :dated_on, :amount_nanos, :currency, :claimant,
    :submitted_on, :approver, :purpose
);
