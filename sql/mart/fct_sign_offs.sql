-- One row per organization and month since its first fact: whether it stands closed, and by whom.
--
-- grain    organization_id, month
-- reads    fct_month_coverage, stg_closings, closing_change, closing_waiver, organization, audit
-- read by  reports/sign-off
--
-- The newest close counts. state: closed; suspended (what was signed changed since); reopened; not closed.
-- A review is somebody else's: is_same is 1 where one person did both.
create view fct_sign_offs as
with changed as (
    select distinct
        organization_id,
        month,
        sequence
    from closing_change
),

waivers as (
    select
        organization_id,
        month,
        sequence,
        count(*) as waiver_count
    from closing_waiver
    group by organization_id, month, sequence
)

select
    months.organization_id,
    organization.name,
    months.month,
    months.from_on,
    months.until_on,
    case
        when closings.sequence is null then 'not closed'
        when closings.is_standing = 0 then 'reopened'
        when changed.sequence is not null then 'suspended'
        else 'closed'
    end as state,
    closings.sequence,
    coalesce(closings.is_standing, 0) as is_standing,
    closings.prepared_by,
    closings.reviewed_by,
    case when closings.prepared_by = closings.reviewed_by then 1 else 0 end as is_same,
    coalesce(waivers.waiver_count, 0) as waiver_count,
    closings.reopened_for,
    closings.policy,
    audit.done_at as closed_at,
    closings.statement_sha256
from fct_month_coverage as months
inner join organization on months.organization_id = organization.organization_id
left join stg_closings as closings
    on
        months.organization_id = closings.organization_id
        and months.month = closings.month
        and closings.is_newest = 1
left join changed
    on
        closings.organization_id = changed.organization_id
        and closings.month = changed.month
        and closings.sequence = changed.sequence
left join waivers
    on
        closings.organization_id = waivers.organization_id
        and closings.month = waivers.month
        and closings.sequence = waivers.sequence
left join audit on closings.audit_id = audit.audit_id;
