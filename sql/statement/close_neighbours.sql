-- One row: the newest month before :month and the newest month after it that stand closed; null: none.
with standing as (
    select month
    from closing
    where
        organization_id = :organization_id
        and not exists (
            select 1
            from reopening
            where
                reopening.organization_id = closing.organization_id
                and reopening.month = closing.month
                and reopening.sequence = closing.sequence
        )
)

select
    (select max(month) from standing where month < :month) as earlier,
    (select max(month) from standing where month > :month) as later;
