-- What belongs to the organizations, charges and top-ups that an excerpt is about.
insert into scope_receipt (receipt_id)
select distinct receipt_id
from source.link
where
    leg = 'receipt'
    and receipt_id is not null
    and state not in ('suggested', 'ambiguous')
    and topup_id in (select topup_id from scope_topup);

insert or ignore into scope_project (project_key)
select project_key
from source.project_fact
where organization_key in (select organization_key from scope_organization)
union
select project_key
from source.cost_day
where project_key is not null and organization_key in (select organization_key from scope_organization)
union
select partition.project_key
from source.partition
inner join source.snapshot on partition.snapshot_id = snapshot.snapshot_id
where
    partition.project_key is not null
    and snapshot.organization_key in (select organization_key from scope_organization);

-- Usage names no organization where none was stated: then it is its project's.
insert into scope_partition (partition_id)
select partition.partition_id
from source.partition
inner join source.snapshot on partition.snapshot_id = snapshot.snapshot_id
where
    snapshot.organization_key in (select organization_key from scope_organization)
    or (
        snapshot.organization_key is null
        and exists (select 1 from scope_organization)
        and partition.project_key in (select project_key from scope_project)
    );

-- A decision is told where all facts that it names are.
insert into scope_decision (decision_id)
select decision.decision_id
from source.decision
where not exists (
    select 1
    from source.decided_fact
    inner join source.decision_fact
        on decided_fact.decision_id = decision_fact.decision_id
        and decided_fact.position = decision_fact.position
    where
        decided_fact.decision_id = decision.decision_id
        and not (
            (
                decision_fact.kind = 'topup'
                and decided_fact.fact_key in (select topup_id from scope_topup)
            )
            or (
                decision_fact.kind = 'receipt'
                and decided_fact.fact_key in (select receipt_id from scope_receipt)
            )
            or (
                decision_fact.kind = 'charge'
                and decided_fact.fact_key in (select charge_id from scope_charge)
            )
        )
)
and exists (
    select 1
    from source.decided_fact
    where decided_fact.decision_id = decision.decision_id
);

insert into scope_file (file_id)
select card_row.file_id
from source.card_row
inner join source.charge_row on card_row.card_row_id = charge_row.card_row_id
where charge_row.charge_id in (select charge_id from scope_charge)
union
select file_id
from source.topup
where topup_id in (select topup_id from scope_topup)
union
select file_id
from source.topup_row
where organization_key in (select organization_key from scope_organization)
union
select file_id
from source.receipt
where receipt_id in (select receipt_id from scope_receipt)
union
select file_id
from source.receipt_document
where receipt_id in (select receipt_id from scope_receipt)
union
select file_id
from source.fx_rate
union
select file_id
from source.claim
where
    charge_id in (select charge_id from scope_charge)
    or topup_id in (select topup_id from scope_topup)
union
select snapshot.file_id
from source.partition
inner join source.snapshot on partition.snapshot_id = snapshot.snapshot_id
where partition.partition_id in (select partition_id from scope_partition)
union
select file_id
from source.snapshot
where organization_key in (select organization_key from scope_organization)
union
select file_id
from source.grant_row
where organization_key in (select organization_key from scope_organization)
union
select file_id
from source.observation_row
where
    file_id is not null
    and organization_key in (select organization_key from scope_organization)
union
select file_id
from source.organization_row
where organization_key in (select organization_key from scope_organization)
union
select project_row.file_id
from source.project_row
where exists (select 1 from scope_organization) and project_key in (select project_key from scope_project)
union
select budget_row.file_id
from source.budget_row
where
    exists (select 1 from scope_organization)
    and (
        organization_key in (select organization_key from scope_organization)
        or project_key in (select project_key from scope_project)
    )
union
select rate.file_id
from source.usage_value
inner join source.rate on rate.rate_id = usage_value.rate_id
where
    rate.file_id is not null
    and usage_value.organization_key in (select organization_key from scope_organization)
union
select file_id
from source.recharge_row
where organization_key in (select organization_key from scope_organization);
