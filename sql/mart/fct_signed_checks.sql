-- One row per line of the check list of a month that stands closed, as it was signed.
--
-- grain    organization_id, month, position
-- reads    stg_closings, closing_check, closing_waiver
-- read by  reports/close-checks
create view fct_signed_checks as
select
    closing_check.organization_id,
    closing_check.month,
    closing_check.sequence,
    closing_check.position,
    closing_check.code,
    closing_check.state,
    closing_check.finding,
    coalesce(closing_waiver.reason, '') as reason
from stg_closings
inner join closing_check
    on
        stg_closings.organization_id = closing_check.organization_id
        and stg_closings.month = closing_check.month
        and stg_closings.sequence = closing_check.sequence
left join closing_waiver
    on
        closing_check.organization_id = closing_waiver.organization_id
        and closing_check.month = closing_waiver.month
        and closing_check.sequence = closing_waiver.sequence
        and closing_check.code = closing_waiver.code
where stg_closings.is_standing = 1;
