-- One row per row of a payments file, and how it ranks among those that state the same payment.
--
-- grain    topup_row_id
-- reads    topup_row, stg_file_ranks
-- read by  statement/derive_topup_revisions
--
-- An invoice number alone is identity; a row without one is told from its equals by occurrence.
-- A row without one is the payment that another file gives a number: the same organization, instant
-- and amounts; of several such, one for each. Files kept by hand get their numbers later: the row with
-- the number counts, unless the other tells of a refund.
-- revision_rank 1 is what counts: the freshest file's, else the furthest progress, else the larger
-- total, so that a smaller amount never wins by chance.
-- Most payments have one row and a number: what only the others need is asked of those alone.
create view stg_topup_revisions as
with unnumbered as (
    select distinct
        organization_key,
        paid_at,
        paid_is_date,
        credit_nanos,
        total_nanos,
        currency
    from topup_row
    where invoice_number = '' and status in ('paid', 'refunded', 'pending')
),

alike as (
    select
        topup_row_id,
        file_id,
        organization_key,
        paid_at,
        paid_is_date,
        credit_nanos,
        total_nanos,
        currency,
        identity,
        case when invoice_number <> '' then 1 else 0 end as is_numbered,
        row_number() over (
            partition by
                file_id, organization_key, paid_at, paid_is_date, credit_nanos, total_nanos, currency
            order by case when invoice_number <> '' then 0 else 1 end, occurrence, line
        ) as position
    from topup_row
    join unnumbered using (
        organization_key, paid_at, paid_is_date, credit_nanos, total_nanos, currency
    )
    where status in ('paid', 'refunded', 'pending')
),

numbers as (
    select
        organization_key,
        paid_at,
        paid_is_date,
        credit_nanos,
        total_nanos,
        currency,
        identity,
        row_number() over (
            partition by
                organization_key, paid_at, paid_is_date, credit_nanos, total_nanos, currency
            order by identity
        ) as position
    from alike
    where is_numbered = 1
    group by
        organization_key, paid_at, paid_is_date, credit_nanos, total_nanos, currency, identity
),

numbered_later as (
    select
        alike.topup_row_id,
        numbers.identity
    from alike
    join numbers
        on numbers.organization_key = alike.organization_key
        and numbers.paid_at = alike.paid_at
        and numbers.paid_is_date = alike.paid_is_date
        and numbers.credit_nanos = alike.credit_nanos
        and numbers.total_nanos = alike.total_nanos
        and numbers.currency = alike.currency
        and numbers.position = alike.position
    left join topup_row as beside
        on beside.file_id = alike.file_id
        and beside.organization_key = alike.organization_key
        and beside.identity = numbers.identity
    where alike.is_numbered = 0 and beside.topup_row_id is null
),

stated as (
    select
        topup_row.topup_row_id,
        topup_row.file_id,
        topup_row.line,
        topup_row.organization_key,
        coalesce(numbered_later.identity, topup_row.identity) as identity,
        case
            when numbered_later.identity is not null then 1
            when substr(topup_row.identity, 1, 8) = 'content:' then topup_row.occurrence
            else 1
        end as fact_occurrence,
        case
            when topup_row.invoice_number <> '' or topup_row.status = 'refunded' then 1
            else 0
        end as is_complete,
        topup_row.paid_at,
        topup_row.credit_nanos,
        topup_row.tax_nanos,
        topup_row.total_nanos,
        topup_row.currency,
        case topup_row.status
            when 'pending' then 0
            when 'failed' then 1
            when 'paid' then 2
            else 3
        end as progress,
        case
            when topup_row.invoice_number <> '' then topup_row.invoice_number
            when topup_row.receipt_number <> '' then topup_row.receipt_number
            else stg_file_ranks.name || ':' || topup_row.line
        end as reference,
        stg_file_ranks.freshness,
        stg_file_ranks.newness
    from topup_row
    join stg_file_ranks on stg_file_ranks.file_id = topup_row.file_id
    left join numbered_later on numbered_later.topup_row_id = topup_row.topup_row_id
),

ranked as (
    select
        topup_row_id,
        file_id,
        line,
        organization_key,
        identity,
        fact_occurrence,
        reference,
        freshness,
        progress,
        paid_at,
        credit_nanos,
        tax_nanos,
        total_nanos,
        currency,
        row_number() over (
            partition by organization_key, identity, fact_occurrence
            order by
                is_complete desc,
                freshness desc,
                progress desc,
                total_nanos desc,
                credit_nanos desc,
                newness desc,
                line desc
        ) as revision_rank
    from stated
),

stated_again as (
    select
        organization_key,
        identity,
        fact_occurrence
    from ranked
    where revision_rank = 2
),

contents as (
    select distinct
        ranked.organization_key,
        ranked.identity,
        ranked.fact_occurrence,
        topup_row.paid_at,
        topup_row.paid_is_date,
        topup_row.paid_from,
        topup_row.paid_until,
        topup_row.invoice_number,
        topup_row.receipt_number,
        topup_row.description,
        topup_row.kind,
        topup_row.status,
        topup_row.credit_nanos,
        topup_row.credit_currency,
        topup_row.tax_nanos,
        topup_row.total_nanos,
        topup_row.currency,
        topup_row.card_last4,
        topup_row.refunded_at,
        topup_row.refunded_credit_nanos,
        topup_row.refunded_total_nanos
    from stated_again
    join ranked using (organization_key, identity, fact_occurrence)
    join topup_row on topup_row.topup_row_id = ranked.topup_row_id
),

revisions as (
    select
        organization_key,
        identity,
        fact_occurrence,
        count(*) as revision_count
    from contents
    group by organization_key, identity, fact_occurrence
)

select
    ranked.topup_row_id,
    ranked.file_id,
    ranked.line,
    ranked.organization_key,
    ranked.identity,
    ranked.fact_occurrence,
    ranked.reference,
    ranked.freshness,
    ranked.progress,
    ranked.paid_at,
    ranked.credit_nanos,
    ranked.tax_nanos,
    ranked.total_nanos,
    ranked.currency,
    ranked.revision_rank,
    coalesce(revisions.revision_count, 1) as revision_count
from ranked
left join revisions using (organization_key, identity, fact_occurrence);
