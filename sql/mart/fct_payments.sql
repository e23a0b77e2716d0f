-- One row per top-up that gave credit: what was paid for it, its tax, and what was given back.
--
-- grain    topup
-- reads    credit_grant, topup, adjustment, calendar, organization, organization_fact
-- read by  statement/books_payments
--
-- tax_nanos is what matching was told of the tax, else what payment history says. tax_treatment is that
-- of the organizations table: 'recoverable', 'reverse-charge', 'cost', or '' where it does not say.
-- difference_causes is what a person called what was paid beside credit and tax.
create view fct_payments as
with taxes as (
    select
        topup_id,
        currency,
        sum(amount_nanos) as tax_nanos
    from adjustment
    where cause = 'tax'
    group by topup_id, currency
),

differences as (
    select
        topup_id,
        min(cause)
        || case
            when count(distinct cause) > 2 then ' and others'
            when count(distinct cause) = 2 then ' and ' || max(cause)
            else ''
        end as causes
    from adjustment
    where cause not in ('tax', 'fx-margin', 'card-fee')
    group by topup_id
)

select
    organization.organization_id,
    topup.paid_on,
    topup.reference,
    topup.credit_nanos,
    topup.credit_currency,
    coalesce(taxes.tax_nanos, topup.tax_nanos) as tax_nanos,
    organization_fact.tax as tax_treatment,
    topup.total_nanos,
    topup.currency,
    case when topup.status = 'refunded' or topup.refunded_at is not null then 1 else 0 end
        as is_refunded,
    case when calendar.day < topup.paid_on then topup.paid_on else calendar.day end as refunded_on,
    topup.refunded_credit_nanos,
    topup.refunded_total_nanos,
    coalesce(differences.causes, '') as difference_causes,
    topup.id
from credit_grant
inner join topup on credit_grant.topup_id = topup.topup_id
inner join organization on topup.organization_key = organization.organization_key
inner join organization_fact on topup.organization_key = organization_fact.organization_key
left join calendar on coalesce(topup.refunded_at, topup.paid_at) / 86400 = calendar.day_number
left join taxes on topup.topup_id = taxes.topup_id and topup.currency = taxes.currency
left join differences on topup.topup_id = differences.topup_id;
