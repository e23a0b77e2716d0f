-- One row per earlier statement of the same format that names no account, as :file_id names none, and
-- shares days with it: how many rows they have in common there, and how many the smaller one has.
--
-- Rows are compared as multisets on day, amount (its sign is the direction), currency and descriptor;
-- pending rows are left out, for they change when they post.
with anonymous as (
    select file.file_id, file.name
    from file
    where file.kind = 'card'
        and file.format = (select format from file where file_id = :file_id)
        and file.account_option = ''
        and file.account_hint = ''
        and not exists (
            select 1
            from account_row
            where account_row.file_pattern <> ''
                and file.name glob account_row.file_pattern
        )
        and not exists (
            select 1
            from card_row
            where card_row.file_id = file.file_id and card_row.card_last4 <> ''
        )
),

dated as (
    select
        card_row.file_id,
        coalesce(card_row.purchased_on, card_row.posted_on) as day,
        card_row.amount_nanos,
        card_row.currency,
        card_row.descriptor
    from card_row
    inner join anonymous on anonymous.file_id = card_row.file_id
    where card_row.state <> 'pending'
),

spans as (
    select file_id, min(day) as first_day, max(day) as last_day
    from dated
    group by file_id
),

overlaps as (
    select
        theirs.file_id,
        max(mine.first_day, theirs.first_day) as first_day,
        min(mine.last_day, theirs.last_day) as last_day
    from spans as mine
    inner join spans as theirs on theirs.file_id <> mine.file_id
    where mine.file_id = :file_id
        and theirs.first_day <= mine.last_day
        and mine.first_day <= theirs.last_day
),

counted as (
    select
        overlaps.file_id,
        dated.file_id = :file_id as is_mine,
        dated.day,
        dated.amount_nanos,
        dated.currency,
        dated.descriptor,
        count(*) as row_count
    from overlaps
    inner join dated on dated.file_id in (overlaps.file_id, :file_id)
        and dated.day between overlaps.first_day and overlaps.last_day
    group by
        overlaps.file_id,
        is_mine,
        dated.day,
        dated.amount_nanos,
        dated.currency,
        dated.descriptor
),

sides as (
    select
        file_id,
        sum(case when is_mine then row_count else 0 end) as my_count,
        sum(case when is_mine then 0 else row_count end) as their_count
    from counted
    group by file_id
),

shared as (
    select
        mine.file_id,
        sum(min(mine.row_count, theirs.row_count)) as common_count
    from counted as mine
    inner join counted as theirs on theirs.file_id = mine.file_id
        and theirs.day = mine.day
        and theirs.amount_nanos = mine.amount_nanos
        and theirs.currency = mine.currency
        and theirs.descriptor = mine.descriptor
    where mine.is_mine and not theirs.is_mine
    group by mine.file_id
)

select
    anonymous.name,
    coalesce(shared.common_count, 0) as common_count,
    min(sides.my_count, sides.their_count) as smaller_count
from sides
inner join anonymous on anonymous.file_id = sides.file_id
left join shared on shared.file_id = sides.file_id
where exists (select 1 from anonymous where anonymous.file_id = :file_id)
order by anonymous.name, anonymous.file_id;
