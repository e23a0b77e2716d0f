-- One row per covered fact that changed after its month was closed, month by month, kind by kind, largest first.
select
    closing_change.organization_id,
    closing_change.month,
    closing_change.sequence,
    closing_change.kind,
    closing_change.currency,
    closing_change.id,
    closing_change.before_nanos,
    closing_change.after_nanos,
    closing_change.before_source,
    closing_change.after_source,
    organization.organization_key,
    case
        when closing_change.kind in ('topup', 'pair')
            then coalesce(topup.reference, substr(closing_change.id, 1, 13))
        else closing_change.id
    end as reference
from closing_change
left join organization on closing_change.organization_id = organization.organization_id
left join topup
    on closing_change.kind in ('topup', 'pair')
    and substr(closing_change.id, 1, 13) = topup.id
order by
    closing_change.organization_id,
    closing_change.month,
    closing_change.kind,
    closing_change.currency,
    abs(coalesce(closing_change.after_nanos, 0) - coalesce(closing_change.before_nanos, 0)) desc,
    closing_change.id;
