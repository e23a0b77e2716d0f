-- What follows from the facts of an excerpt, as the whole ledger has it: it is copied, never derived anew from a part.
insert into main.calendar
select *
from source.calendar
order by day;

insert into main.account
select
    account_id,
    account,
    card_last4,
    zone,
    currency,
    -- an account of several cards is somebody else's
    case
        when exists (
            select 1
            from source.charge
            where
                charge.account_id = account.account_id
                and charge.card_last4 <> account.card_last4
        )
        then ''
        else owner
    end as owner
from source.account
where account_id in (
    select account_id from source.charge where charge_id in (select charge_id from scope_charge)
)
order by account_id;

insert into main.statement_coverage
select *
from source.statement_coverage
where account_id in (select account_id from main.account)
order by rowid;

insert into main.charge
select *
from source.charge
where charge_id in (select charge_id from scope_charge)
order by charge_id;

insert into main.charge_row
select *
from source.charge_row
where charge_id in (select charge_id from scope_charge)
order by card_row_id;

insert into main.charge_reversal
select *
from source.charge_reversal
where
    reversal_charge_id in (select charge_id from scope_charge)
    and charge_id in (select charge_id from scope_charge)
    and recapture_charge_id in (select charge_id from scope_charge)
order by reversal_charge_id;

insert into main.topup
select *
from source.topup
where topup_id in (select topup_id from scope_topup)
order by topup_id;

insert into main.receipt
select *
from source.receipt
where receipt_id in (select receipt_id from scope_receipt)
order by receipt_id;

insert into main.receipt_document
select *
from source.receipt_document
where receipt_id in (select receipt_id from scope_receipt)
order by rowid;

insert into main.fx_rate
select *
from source.fx_rate
order by rowid;

-- A leg whose other side is not told keeps its state alone.
insert into main.link
select
    topup_id,
    leg,
    receipt_id,
    case
        when charge_id in (select charge_id from scope_charge) then charge_id
    end as charge_id,
    state,
    rule,
    case
        when charge_id is null or charge_id in (select charge_id from scope_charge) then reason
        else ''
    end as reason,
    variance_nanos
from source.link
where
    topup_id in (select topup_id from scope_topup)
    and (receipt_id is null or receipt_id in (select receipt_id from scope_receipt))
order by topup_id, leg;

insert into main.link_part
select *
from source.link_part
where
    topup_id in (select topup_id from scope_topup)
    and charge_id in (select charge_id from scope_charge)
order by topup_id, charge_id;

insert into main.candidate
select *
from source.candidate
where
    verdict = 'won'
    and topup_id in (select topup_id from scope_topup)
    and (receipt_id is null or receipt_id in (select receipt_id from scope_receipt))
    and (charge_id is null or charge_id in (select charge_id from scope_charge))
order by rowid;

insert into main.topup_state
select *
from source.topup_state
where topup_id in (select topup_id from scope_topup)
order by topup_id;

insert into main.adjustment
select *
from source.adjustment
where topup_id in (select topup_id from scope_topup)
order by rowid;

insert into main.refund_link
select
    refund_charge_id,
    case
        when charge_id in (select charge_id from scope_charge) then charge_id
    end as charge_id,
    case
        when topup_id in (select topup_id from scope_topup) then topup_id
    end as topup_id,
    kind,
    reason
from source.refund_link
where refund_charge_id in (select charge_id from scope_charge)
order by refund_charge_id;

insert into main.retry
select
    topup_id,
    case
        when retried_by_topup_id in (select topup_id from scope_topup) then retried_by_topup_id
    end as retried_by_topup_id
from source.retry
where topup_id in (select topup_id from scope_topup)
order by topup_id;

insert into main.budget_pace
select *
from source.budget_pace
where
    exists (
        select 1
        from main.budget_row
        where
            budget_row.file_id = budget_pace.file_id
            and budget_row.line = budget_pace.line
    )
order by file_id, line;

insert into main.claim
select *
from source.claim
where
    charge_id in (select charge_id from scope_charge)
    or topup_id in (select topup_id from scope_topup)
order by rowid;

insert into main.decided_fact
select *
from source.decided_fact
where decision_id in (select decision_id from scope_decision)
order by decision_id, position;

insert into main.decision_state
select *
from source.decision_state
where decision_id in (select decision_id from scope_decision)
order by decision_id;

-- Of the projects that a card's charges served, what they are for; who owns them is another person's name.
insert into main.project_fact
select
    project_key,
    case
        when organization_key in (select organization_key from main.organization)
            then organization_key
    end as organization_key,
    class,
    class_source,
    case when exists (select 1 from scope_organization) then owner else '' end as owner,
    purpose,
    cost_center
from source.project_fact
where project_key in (select project_key from scope_project)
order by project_key;

insert into main.charge_use
select *
from source.charge_use
where charge_id in (select charge_id from scope_charge)
order by rowid;

insert into main.charge_purpose
select *
from source.charge_purpose
where charge_id in (select charge_id from scope_charge)
order by rowid;

insert into main.charge_rate
select *
from source.charge_rate
where charge_id in (select charge_id from scope_charge)
order by charge_id;

-- A claim that another one names too blocks what is asked for.
insert into main.exception
select *
from source.exception
where
    code = 'ALREADY_CLAIMED'
    and not exists (select 1 from scope_organization)
    and substr(subject, 1, instr(subject, ' ') - 1) in (
        select id from main.charge
        union
        select id from main.topup
    )
order by rowid;

insert into main.line_item
select *
from source.line_item
where term_id in (select term_id from main.term)
order by term_id;

insert into main.organization_fact
select *
from source.organization_fact
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.cost_day
select *
from source.cost_day
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.usage_day
select *
from source.usage_day
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.coverage
select *
from source.coverage
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.restatement
select *
from source.restatement
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.balance_day
select *
from source.balance_day
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.overdraft
select *
from source.overdraft
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.allocation_month
select *
from source.allocation_month
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.allocation_day
select *
from source.allocation_day
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.expiring_allocation
select *
from source.expiring_allocation
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.forecast
select *
from source.forecast
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.opening
select *
from source.opening
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.recharge_month
select *
from source.recharge_month
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.recharge_choice
select *
from source.recharge_choice
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.invoiced_day
select *
from source.invoiced_day
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.invoiced_month
select *
from source.invoiced_month
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.runaway_episode
select *
from source.runaway_episode
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.runaway_rule
select *
from source.runaway_rule
where id in (select id from main.runaway_episode)
order by id, rule;

insert into main.runaway_carrier
select *
from source.runaway_carrier
where id in (select id from main.runaway_episode)
order by id, dimension, position;

-- Prices are public, or a file's that is told.
insert into main.rate
select *
from source.rate
where file_id is null or file_id in (select file_id from scope_file)
order by rate_id;

insert into main.usage_value
select *
from source.usage_value
where
    organization_key in (select organization_key from scope_organization)
    and (rate_id is null or rate_id in (select rate_id from main.rate))
order by rowid;

insert into main.estimate_day
select *
from source.estimate_day
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.rate_check
select *
from source.rate_check
where
    organization_key in (select organization_key from scope_organization)
    and (rate_id is null or rate_id in (select rate_id from main.rate))
order by rowid;

insert into main.observation
select *
from source.observation
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.grant_fact
select *
from source.grant_fact
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.credit_grant
select *
from source.credit_grant
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.grant_use
select *
from source.grant_use
where credit_grant_id in (select credit_grant_id from main.credit_grant)
order by rowid;

insert into main.exception
select *
from source.exception
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.grant_balance
select *
from source.grant_balance
where credit_grant_id in (select credit_grant_id from main.credit_grant)
order by rowid;

insert into main.burn
select *
from source.burn
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.balance_check
select *
from source.balance_check
where observation_id in (select observation_id from main.observation)
order by rowid;

insert into main.closing_change
select *
from source.closing_change
where organization_id in (select organization_id from main.closing)
order by rowid;
