-- One row: a top-up, and where its legs stand.
select
    topup.id,
    topup.reference,
    file.name || ':' || topup.line as source,
    topup.paid_at,
    topup.total_nanos,
    topup.currency,
    topup.credit_nanos,
    topup.credit_currency,
    topup.tax_nanos,
    topup.card_last4,
    topup.status,
    topup.wallet,
    coalesce(topup_state.receipt_state, '') as receipt_state,
    coalesce(topup_state.card_state, '') as card_state,
    coalesce(receipt_link.rule, '') as receipt_rule,
    coalesce(card_link.rule, '') as card_rule,
    retry.topup_id is not null as is_attempt,
    coalesce(retried.reference, '') as retried_by
from topup
inner join file on topup.file_id = file.file_id
left join topup_state on topup.topup_id = topup_state.topup_id
left join link as receipt_link
    on topup.topup_id = receipt_link.topup_id and receipt_link.leg = 'receipt'
left join link as card_link on topup.topup_id = card_link.topup_id and card_link.leg = 'card'
left join retry on topup.topup_id = retry.topup_id
left join topup as retried on retry.retried_by_topup_id = retried.topup_id
where topup.topup_id = :fact_id;
