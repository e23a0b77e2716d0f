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
)

select
    signed.organization_id,
    signed.month,
    signed.sequence,
    signed.kind,
    signed.id,
    signed.currency,
    signed.amount_nanos,
    current.amount_nanos,
    signed.source,
    coalesce(current.source, '')
from signed
left join current
    on signed.organization_id = current.organization_id
    and signed.month = current.month
    and signed.kind = current.kind
    and signed.id = current.id
    and signed.currency = current.currency
where
    current.id is null
    or (
        signed.kind <> 'pair'
        and (signed.amount_nanos <> current.amount_nanos or signed.text <> current.text)
    )
    or (
        signed.kind = 'pair'
        and signed.text <> ''
        and current.text <> ''
        and signed.text <> current.text
    )
union all
select
    current.organization_id,
    current.month,
    current.sequence,
    current.kind,
    current.id,
    current.currency,
    null,
    current.amount_nanos,
    '',
    current.source
from current
left join signed
    on current.organization_id = signed.organization_id
    and current.month = signed.month
    and current.kind = signed.kind
    and current.id = signed.id
    and current.currency = signed.currency
where signed.id is null and current.kind <> 'pair';
