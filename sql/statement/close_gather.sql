-- Makes the temporary tables of what is read once for all organizations and months, and fills those that tell of every
-- month: each of these marts is read whole whatever is asked of it.
create temporary table if not exists close_figure (
    organization_id text not null,
    month text not null,
    policy text not null,
    currency text not null,
    opening_nanos integer not null,
    restated_nanos integer not null,
    topup_nanos integer not null,
    grant_nanos integer not null,
    usage_nanos integer not null,
    expired_nanos integer not null,
    withdrawn_nanos integer not null,
    adjustment_nanos integer not null,
    closing_nanos integer not null,
    closing_paid_nanos integer not null,
    closing_free_nanos integer not null,
    closing_overdraft_nanos integer not null,
    observed_nanos integer,
    unexplained_nanos integer
) strict;

create index if not exists temp.close_figure_month on close_figure (organization_id, month);

create temporary table if not exists close_cover (
    organization_id text not null,
    month text not null,
    is_complete integer not null,
    covered_until text,
    missing_count integer not null
) strict;

create index if not exists temp.close_cover_month on close_cover (organization_id, month);

create temporary table if not exists close_payment (
    organization_key integer not null,
    id text not null,
    reference text not null,
    paid_at integer not null,
    paid_on text not null,
    status text not null,
    credit_nanos integer not null,
    credit_currency text not null,
    total_nanos integer not null,
    currency text not null,
    state text not null
) strict;

create index if not exists temp.close_payment_day on close_payment (organization_key, paid_on);

create temporary table if not exists close_open (
    organization_key integer not null,
    id text not null,
    code text not null,
    severity text not null,
    dated_on text not null,
    day_number integer,
    amount_nanos integer not null,
    currency text not null,
    reference text not null
) strict;

create index if not exists temp.close_open_day on close_open (organization_key, dated_on);

create temporary table if not exists close_behind (
    organization_key integer not null,
    from_at integer not null,
    until_at integer not null,
    file_id integer not null
) strict;

create index if not exists temp.close_behind_from
on close_behind (organization_key, from_at, until_at, file_id);

create temporary table if not exists close_content (
    organization_id text not null,
    kind text not null,
    id text not null,
    currency text not null,
    amount_nanos integer not null,
    text text not null,
    source text not null
) strict;

create index if not exists temp.close_content_organization on close_content (organization_id);

create temporary table if not exists close_moved (
    organization_id text not null,
    id text not null,
    charge_id text not null,
    reference text not null,
    paid_on text not null,
    paid_nanos integer not null,
    currency text not null,
    charged_on text not null
) strict;

create index if not exists temp.close_moved_organization on close_moved (organization_id);

delete from temp.close_figure;

delete from temp.close_cover;

delete from temp.close_payment;

delete from temp.close_open;

delete from temp.close_behind;

delete from temp.close_content;

delete from temp.close_moved;

insert into temp.close_figure
select
    organization_id,
    month,
    policy,
    currency,
    opening_nanos,
    restated_nanos,
    topup_nanos,
    grant_nanos,
    usage_nanos,
    expired_nanos,
    withdrawn_nanos,
    adjustment_nanos,
    closing_nanos,
    closing_paid_nanos,
    closing_free_nanos,
    closing_overdraft_nanos,
    observed_nanos,
    unexplained_nanos
from fct_rollforward;

insert into temp.close_cover
select
    organization_id,
    month,
    is_complete,
    covered_until,
    missing_count
from fct_month_coverage;

insert into temp.close_payment
select
    topup.organization_key,
    topup.id,
    topup.reference,
    topup.paid_at,
    topup.paid_on,
    topup.status,
    topup.credit_nanos,
    topup.credit_currency,
    topup.total_nanos,
    topup.currency,
    coalesce(topup_state.state, '') as state
from topup
left join topup_state on topup.topup_id = topup_state.topup_id;

insert into temp.close_open
select
    coalesce(exception.organization_key, 0) as organization_key,
    exception.id,
    exception.code,
    exception.severity,
    exception.dated_on,
    calendar.day_number,
    exception.amount_nanos,
    exception.currency,
    exception.reference
from exception
left join calendar on exception.dated_on = calendar.day;

insert into temp.close_behind
select distinct
    organization_key,
    paid_from as from_at,
    paid_until as until_at,
    file_id
from topup_row
union all
select
    organization_key,
    min(granted_at) as from_at,
    9223372036854775807 as until_at,
    file_id
from grant_row
group by organization_key, file_id
union all
select distinct
    organization_key,
    observed_at as from_at,
    observed_at + 1 as until_at,
    file_id
from observation_row
where file_id is not null; -- else it was entered by hand
