-- One row per organization, with the newest close of the month :month where there is one.
select
    organization.organization_id,
    organization.name,
    closing.sequence,
    (
        select fct_closings.state
        from fct_closings
        where
            fct_closings.organization_id = closing.organization_id
            and fct_closings.month = closing.month
            and fct_closings.sequence = closing.sequence
    ) as state,
    closing.prepared_by,
    closing.reviewed_by,
    closing.statement,
    closing.statement_sha256,
    closing.contents_sha256,
    closing.policy
from organization
left join closing
    on organization.organization_id = closing.organization_id
    and closing.month = :month
    and not exists (
        select 1
        from closing as later
        where
            later.organization_id = closing.organization_id
            and later.month = closing.month
            and later.sequence > closing.sequence
    )
order by organization.organization_id;
