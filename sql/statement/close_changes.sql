-- Writes down, for each month that stands closed, every covered fact that is no longer as it was signed.
--
-- A pair is covered as far as it was made: one that comes apart, or has another other side now, is a change; one
-- that was made since then clears what was open and is none.
insert into closing_change (
    organization_id, month, sequence, kind, id, currency, before_nanos, after_nanos, before_source,
    after_source
)
with standing as (
    select
        organization_id,
        month,
        sequence
    from stg_closings
    where is_standing = 1
),

signed as (
    select closing_fact.*
    from closing_fact
    inner join standing
        on closing_fact.organization_id = standing.organization_id
        and closing_fact.month = standing.month
        and closing_fact.sequence = standing.sequence
),

current as (
    select
        fct_close_contents.*,
        standing.sequence
    from fct_close_contents
    inner join standing
        on fct_close_contents.organization_id = standing.organization_id
        and fct_close_contents.month = standing.month
),

sides as (
    select
        organization_id,
        month,
        sequence,
        kind,
        id,
        currency,
        amount_nanos as before_nanos,
        null as after_nanos,
        text as before_text,
        null as after_text,
        source as before_source,
        null as after_source
    from signed

    union all

    select
        organization_id,
        month,
        sequence,
        kind,
        id,
        currency,
        null as before_nanos,
        amount_nanos as after_nanos,
        null as before_text,
        text as after_text,
        null as before_source,
        source as after_source
    from current
),

facts as (
    select
        organization_id,
        month,
        sequence,
        kind,
        id,
        currency,
        max(before_nanos) as before_nanos,
        max(after_nanos) as after_nanos,
        max(before_text) as before_text,
        max(after_text) as after_text,
        coalesce(max(before_source), '') as before_source,
        coalesce(max(after_source), '') as after_source
    from sides
    group by organization_id, month, sequence, kind, id, currency
)

select
    organization_id,
    month,
    sequence,
    kind,
    id,
    currency,
    before_nanos,
    after_nanos,
    before_source,
    after_source
from facts
where
    (kind <> 'pair' and before_nanos is null)
    or (before_nanos is not null and after_nanos is null)
    or (kind <> 'pair' and (before_nanos <> after_nanos or before_text <> after_text))
    or (kind = 'pair' and before_text <> '' and after_text <> '' and before_text <> after_text);
