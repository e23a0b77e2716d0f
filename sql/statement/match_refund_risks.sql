-- One row per credit on a card that raised an exception, and what the grant of its top-up has left.
--
-- The order of the joins is meant: credits are few, exceptions and grants many.
select
    refund_link.refund_charge_id,
    refund_link.reason,
    exception.id as exception_id,
    grant_balance.remaining_nanos,
    credit_grant.currency
from refund_link
cross join charge on refund_link.refund_charge_id = charge.charge_id
cross join exception
    on charge.file_id = exception.file_id
    and charge.line = exception.line
    and exception.code in ('REFUND', 'CHARGEBACK')
cross join credit_grant on refund_link.topup_id = credit_grant.topup_id
cross join grant_balance
    on credit_grant.credit_grant_id = grant_balance.credit_grant_id
    and grant_balance.policy = 'free-first'
order by refund_link.refund_charge_id;
