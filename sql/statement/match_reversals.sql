-- Says of each reversal of an authorization what it gave back.
insert into refund_link (refund_charge_id, charge_id, topup_id, kind, reason)
select
    reversal_charge_id,
    charge_id,
    null,
    'reversal',
    'An authorization, reversed and charged again.'
from charge_reversal;
