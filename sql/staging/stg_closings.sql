-- One row per close of an organization's month, and what became of it.
--
-- grain    organization_id, month, sequence
-- reads    closing, reopening
-- read by  fct_closings, fct_rollforward
create view stg_closings as
with newest as (
    select
        organization_id,
        month,
        max(sequence) as sequence
    from closing
    group by organization_id, month
)

select
    closing.organization_id,
    closing.month,
    closing.sequence,
    closing.next_month,
    closing.policy,
    closing.prepared_by,
    closing.reviewed_by,
    closing.statement_sha256,
    closing.audit_id,
    reopening.reason as reopened_for,
    case when closing.sequence = newest.sequence then 1 else 0 end as is_newest,
    case
        when closing.sequence = newest.sequence and reopening.sequence is null then 1
        else 0
    end as is_standing
from closing
inner join newest
    on closing.organization_id = newest.organization_id
    and closing.month = newest.month
left join reopening
    on closing.organization_id = reopening.organization_id
    and closing.month = reopening.month
    and closing.sequence = reopening.sequence;
