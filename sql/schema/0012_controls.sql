-- ---------------------------------------------------------------------------------------------------
-- What was allowed and what was asked for: budgets and claims

-- One row per row of a table of budgets.
create table budget_row (
    file_id integer not null references file on delete cascade,
    line integer not null,
    organization_key integer references organization,  -- null: the project's, in any organization
    project_key integer references project,  -- null: the organization's as a whole
    from_on text not null,  -- first day
    until_on text,  -- last day; null: from then on
    amount_nanos integer not null,
    currency text not null
) strict;

create index budget_row_file on budget_row (file_id);

-- One row per row of a table of claims for reimbursement: a charge that somebody paid for.
create table claim_row (
    file_id integer not null references file on delete cascade,
    line integer not null,
    claim_id text not null,
    charge text not null,  -- an id, a transaction id, an invoice's or receipt's number, or ''
    card_last4 text not null,  -- or ''
    dated_on text,  -- as printed
    amount_nanos integer,
    currency text not null,  -- '' without an amount
    claimant text not null,
    submitted_on text,  -- as printed
    approver text not null
) strict;

create index claim_row_file on claim_row (file_id);

-- One row per line of a claim that counts and charge that it names. Derived by wallet.
create table claim (
    file_id integer not null references file,
    line integer not null,
    claim_id text not null,
    state text not null,  -- 'claimed', 'claimed before', 'not found', 'several fit'
    charge_id integer references charge,  -- null: not found, or a top-up without one charge of its own
    topup_id integer references topup,  -- then that; else null
    earlier_claim_id text not null  -- the claim that had it before, or ''
) strict;

-- ---------------------------------------------------------------------------------------------------
-- Organizations that are invoiced, and the wallets that count in credits

-- One row per organization and day on which it is billed by invoice: it draws on no credit then. Derived by import.
create table invoiced_day (
    organization_key integer not null references organization,
    day text not null,  -- UTC
    primary key (organization_key, day)
) strict;

-- One row per organization, month and currency that was invoiced or should be. Derived by wallet.
create table invoiced_month (
    organization_key integer not null references organization,
    month text not null,
    currency text not null,
    usage_nanos integer not null,  -- cost of its invoiced days
    invoiced_nanos integer not null,  -- before tax, of payments of these invoices, refunds taken off
    tax_nanos integer not null,
    invoice_numbers text not null,  -- in order, parted by ', '
    basis text not null  -- how its invoices' month is known: 'described', 'issued', 'paid', parted by ', '
) strict;

-- One row per ChatGPT workspace, month and currency in which credits were bought or used. Credits are
-- counted in 1e-9 credits and are no money; what they cost stands beside them. Derived by wallet.
create table credit_wallet_month (
    account_id text not null,  -- the workspace; '' where nothing says whose purchase it is
    month text not null,
    currency text not null,  -- of the money; '' when none was paid
    purchase_count integer not null,  -- payments and receipts of the wallet, each purchase once
    billed_nanos integer not null,  -- what these say, refunds taken off
    charge_count integer not null,  -- card charges of the wallet
    charged_nanos integer not null,  -- what these took, in the card's currency, credits taken off
    bought_nanos integer,  -- credits; null where a purchase does not tell them, and on a month's further currencies
    used_nanos integer,  -- credits, by the workspace's credit report; null likewise, and without one
    balance_nanos integer,  -- credits at the month's end; null while it is not known
    expires_on text,  -- the next day on which credits that were bought expire, a year after their purchase
    note text not null,  -- why the balance is not known, or ''
    primary key (account_id, month, currency)
) strict;

-- What follows from organizations and payments that are there already is derived anew.
insert into meta (name, value)
select 'stale', '1'
where exists (select 1 from file)
on conflict (name) do update set value = excluded.value;
