-- One row per close of an organization's month.
--
-- grain    organization_id, month, sequence
-- reads    stg_closings, closing_fact, closing_waiver, closing_change, audit
-- read by  reports/closings
--
-- state: closed; suspended (what was signed changed since); reopened; replaced (by a later close).
-- currency and closing are null for an organization without prepaid credits.
create view fct_closings as
with balances as (
    select
        organization_id,
        month,
        sequence,
        currency,
        sum(
            case id when 'closing-overdraft' then -amount_nanos else amount_nanos end
        ) as closing_nanos
    from closing_fact
    where
        kind = 'rollforward'
        and id in ('closing-paid', 'closing-free', 'closing-overdraft')
    group by organization_id, month, sequence, currency
),

waivers as (
    select
        organization_id,
        month,
        sequence,
        count(*) as waiver_count
    from closing_waiver
    group by organization_id, month, sequence
),

changes as (
    select
        organization_id,
        month,
        sequence,
        count(*) as change_count
    from closing_change
    group by organization_id, month, sequence
)

select
    stg_closings.organization_id,
    stg_closings.month,
    stg_closings.sequence,
    case
        when stg_closings.is_newest = 0 then 'replaced'
        when stg_closings.is_standing = 0 then 'reopened'
        when changes.change_count > 0 then 'suspended'
        else 'closed'
    end as state,
    balances.currency,
    balances.closing_nanos,
    stg_closings.prepared_by,
    stg_closings.reviewed_by,
    coalesce(waivers.waiver_count, 0) as waiver_count,
    stg_closings.reopened_for,
    audit.done_at as closed_at,
    stg_closings.statement_sha256
from stg_closings
left join balances
    on stg_closings.organization_id = balances.organization_id
    and stg_closings.month = balances.month
    and stg_closings.sequence = balances.sequence
left join waivers
    on stg_closings.organization_id = waivers.organization_id
    and stg_closings.month = waivers.month
    and stg_closings.sequence = waivers.sequence
left join changes
    on stg_closings.organization_id = changes.organization_id
    and stg_closings.month = changes.month
    and stg_closings.sequence = changes.sequence
left join audit on stg_closings.audit_id = audit.audit_id;
