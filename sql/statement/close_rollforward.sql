-- One row per credit currency of an organization's month: the roll-forward as signed under :policy, and the
-- closing under the other policy. Reads what close_gather left.
select
    signed.currency,
    signed.opening_nanos,
    signed.restated_nanos,
    signed.topup_nanos,
    signed.grant_nanos,
    signed.usage_nanos,
    signed.expired_nanos,
    signed.withdrawn_nanos,
    signed.adjustment_nanos,
    signed.closing_nanos,
    signed.closing_paid_nanos,
    signed.closing_free_nanos,
    signed.closing_overdraft_nanos,
    signed.observed_nanos,
    signed.unexplained_nanos,
    other.closing_nanos as other_closing_nanos,
    other.expired_nanos as other_expired_nanos,
    other.policy as other_policy
from temp.close_figure as signed
left join temp.close_figure as other
    on signed.organization_id = other.organization_id
    and signed.currency = other.currency
    and signed.month = other.month
    and signed.policy <> other.policy
where
    signed.organization_id = :organization_id
    and signed.month = :month
    and signed.policy = :policy
order by signed.currency;
