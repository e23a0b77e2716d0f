-- One row per burn policy, organization, month, kind and currency of what is paid beside usage and is a cost.
--
-- grain    policy, organization_key, month, kind, currency, use_currency
-- reads    adjustment, topup, grant_balance, credit_grant
-- read by  statement/wallet_allocation_totals
--
-- policy is '' for adjustments, on which burn order has no bearing. Tax that is recovered or owed by
-- reverse charge is no cost, and free credit that expires has cost nothing. What plans of ChatGPT and
-- its credits cost beside is not the API's. use_currency is that of the credit: projects use it.
create view int_allocated_totals as
select
    '' as policy,
    topup.organization_key,
    substr(topup.paid_on, 1, 7) as month,
    adjustment.cause as kind,
    adjustment.currency,
    topup.credit_currency as use_currency,
    sum(adjustment.amount_nanos) as amount_nanos
from adjustment
inner join topup on adjustment.topup_id = topup.topup_id
where adjustment.treatment = 'cost' and topup.wallet not in ('chatgpt', 'credits')
group by
    topup.organization_key,
    substr(topup.paid_on, 1, 7),
    adjustment.cause,
    adjustment.currency,
    topup.credit_currency

union all

select
    grant_balance.policy,
    credit_grant.organization_key,
    substr(credit_grant.expires_on, 1, 7) as month,
    'expired' as kind,
    credit_grant.currency,
    credit_grant.currency as use_currency,
    sum(grant_balance.expired_nanos) as amount_nanos
from grant_balance
inner join credit_grant on grant_balance.credit_grant_id = credit_grant.credit_grant_id
where credit_grant.is_free = 0 and grant_balance.expired_nanos <> 0
group by
    grant_balance.policy,
    credit_grant.organization_key,
    substr(credit_grant.expires_on, 1, 7),
    credit_grant.currency;
