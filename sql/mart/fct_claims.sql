-- One row per line of a claim for reimbursement and charge that it claims, or none where it names none.
--
-- grain    source, line, id
-- reads    claim, stg_claim_rows, charge, topup, file
-- read by  reports/claims
create view fct_claims as
select
    claim.claim_id,
    claim.state,
    lines.claimant,
    lines.submitted_on,
    lines.approver,
    claim.earlier_claim_id,
    lines.charge as stated_charge,
    lines.card_last4 as stated_card,
    lines.dated_on as stated_on,
    lines.amount_nanos as stated_nanos,
    lines.currency as stated_currency,
    coalesce(charge.dated_on, topup.paid_on) as charged_on,
    coalesce(charge.amount_nanos, topup.total_nanos) as amount_nanos,
    coalesce(charge.currency, topup.currency) as currency,
    item_file.name as charge_source,
    coalesce(charge.line, topup.line) as charge_line,
    coalesce(charge.id, topup.id) as id,
    file.name as source,
    claim.line
from claim
inner join stg_claim_rows as lines on claim.file_id = lines.file_id and claim.line = lines.line
inner join file on claim.file_id = file.file_id
left join charge on claim.charge_id = charge.charge_id
left join topup on claim.topup_id = topup.topup_id
left join file as item_file on coalesce(charge.file_id, topup.file_id) = item_file.file_id;
