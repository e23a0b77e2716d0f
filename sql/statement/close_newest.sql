-- One row at most: the newest close of an organization's month, and whether it stands.
select
    closing.sequence,
    reopening.sequence is null as is_standing,
    exists (
        select 1
        from closing_change
        where
            closing_change.organization_id = closing.organization_id
            and closing_change.month = closing.month
            and closing_change.sequence = closing.sequence
    ) as is_suspended,
    closing.statement,
    closing.statement_sha256,
    coalesce(reopening.reason, '') as reason
from closing
left join reopening
    on closing.organization_id = reopening.organization_id
    and closing.month = reopening.month
    and closing.sequence = reopening.sequence
where closing.organization_id = :organization_id and closing.month = :month
order by closing.sequence desc
limit 1;
