-- The facts of an excerpt. What stands in no table below and not in pack_copy_derived tells of others as well: account_row,
-- credit_usage_row, credit_wallet_month, reject, settled_exception; or is empty in every ledger: close_check,
-- close_materiality, diagnosis; meta is the new ledger's own.
insert into main.file
select
    file_id,
    name,
    '' as path,  -- the folders of whoever imported it
    sha256,
    kind,
    format,
    format_digest,
    options,
    encoding,
    delimiter,
    zone,
    zone_source,
    account_option,
    account_hint,
    as_of,
    record_count,
    fact_count,
    empty_count,
    skipped_count,
    reject_count,
    covered_from,
    covered_until,
    '' as control_total,  -- of all its rows
    '' as residue,
    rounded_count,
    imported_at
from source.file
where file_id in (select file_id from scope_file)
order by file_id;

insert into main.organization
select *
from source.organization
where
    organization_key in (select organization_key from scope_organization)
    or organization_key in (
        select organization_key from source.topup where topup_id in (select topup_id from scope_topup)
    )
order by organization_key;

insert into main.project
select *
from source.project
where
    project_key in (select project_key from scope_project)
    or project_key in (
        select project_key from source.charge_use where charge_id in (select charge_id from scope_charge)
    )
order by project_key;

insert into main.name_seen
select *
from source.name_seen
where
    file_id in (select file_id from scope_file)
    and case kind
        when 'organization' then external_id in (select organization_id from main.organization)
        else external_id in (select project_id from main.project)
    end
order by rowid;

insert into main.snapshot
select *
from source.snapshot
where
    organization_key in (select organization_key from scope_organization)
    or (
        organization_key is null
        and snapshot_id in (
            select snapshot_id
            from source.partition
            where partition_id in (select partition_id from scope_partition)
        )
    )
order by snapshot_id;

insert into main.partition
select *
from source.partition
where partition_id in (select partition_id from scope_partition)
order by partition_id;

insert into main.cost
select cost.*
from source.cost
inner join source.partition on cost.partition_id = partition.partition_id
inner join source.snapshot on partition.snapshot_id = snapshot.snapshot_id
where
    snapshot.kind = 'cost'
    and cost.partition_id in (select partition_id from scope_partition)
order by cost.cost_id;

insert into main.usage
select usage.*
from source.usage
inner join source.partition on usage.partition_id = partition.partition_id
inner join source.snapshot on partition.snapshot_id = snapshot.snapshot_id
where
    snapshot.kind <> 'cost'
    and usage.partition_id in (select partition_id from scope_partition)
order by usage.usage_id;

insert into main.term
select *
from source.term
where term_id in (
    select line_item_id from main.cost
    union
    select user_id from main.cost
    union
    select api_key_id from main.cost
    union
    select user_email_id from main.cost
    union
    select api_source_id from main.cost
    union
    select quantity_unit_id from main.cost
    union
    select model_id from main.usage
    union
    select user_id from main.usage
    union
    select api_key_id from main.usage
    union
    select service_tier_id from main.usage
    union
    select image_size_id from main.usage
    union
    select source_id from main.usage
)
order by term_id;

insert into main.topup_row
select *
from source.topup_row
where
    organization_key in (select organization_key from scope_organization)
    or topup_row_id in (
        select topup_row_id from source.topup where topup_id in (select topup_id from scope_topup)
    )
order by topup_row_id;

insert into main.receipt_row
select *
from source.receipt_row
where
    receipt_row_id in (
        select receipt_row_id
        from source.receipt
        where receipt_id in (select receipt_id from scope_receipt)
    )
    or (file_id, line) in (
        select
            file_id,
            line
        from source.receipt_document
        where receipt_id in (select receipt_id from scope_receipt)
    )
order by receipt_row_id;

insert into main.card_row
select *
from source.card_row
where card_row_id in (
    select card_row_id
    from source.charge_row
    where charge_id in (select charge_id from scope_charge)
)
order by card_row_id;

insert into main.fx_row
select *
from source.fx_row
where file_id in (select file_id from scope_file)
order by rowid;

insert into main.grant_row
select *
from source.grant_row
where organization_key in (select organization_key from scope_organization)
order by grant_row_id;

insert into main.observation_row
select *
from source.observation_row
where organization_key in (select organization_key from scope_organization)
order by observation_row_id;

insert into main.organization_row
select *
from source.organization_row
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.project_row
select *
from source.project_row
where exists (select 1 from scope_organization) and project_key in (select project_key from scope_project)
order by rowid;

insert into main.budget_row
select *
from source.budget_row
where
    exists (select 1 from scope_organization)
    and (
        organization_key in (select organization_key from scope_organization)
        or project_key in (select project_key from scope_project)
    )
order by rowid;

insert into main.rate_row
select *
from source.rate_row
where file_id in (select file_id from scope_file)
order by rowid;

-- What was assumed in reading them; warnings quote rows, which may be anyone's.
insert into main.file_note
select *
from source.file_note
where
    level = 'assumed'
    and exists (select 1 from scope_organization)
    and file_id in (select file_id from scope_file)
order by rowid;

insert into main.verdict
select *
from source.verdict
where organization_id in (
    select organization_id
    from source.organization
    where organization_key in (select organization_key from scope_organization)
)
order by verdict_id;

insert into main.recharge_row
select *
from source.recharge_row
where organization_key in (select organization_key from scope_organization)
order by rowid;

insert into main.claim_row
select *
from source.claim_row
where (file_id, line) in (
    select
        file_id,
        line
    from source.claim
    where
        charge_id in (select charge_id from scope_charge)
        or topup_id in (select topup_id from scope_topup)
)
order by rowid;

insert into main.decision
select *
from source.decision
where decision_id in (select decision_id from scope_decision)
order by decision_id;

insert into main.decision_fact
select *
from source.decision_fact
where decision_id in (select decision_id from scope_decision)
order by decision_id, position;

insert into main.decision_source
select *
from source.decision_source
where decision_id in (select decision_id from scope_decision)
order by decision_id, position, rank;

insert into main.decision_end
select *
from source.decision_end
where
    decision_id in (select decision_id from scope_decision)
    and ended_by in (select decision_id from scope_decision)
order by decision_id;

insert into main.closing
select *
from source.closing
where organization_id in (
    select organization_id
    from source.organization
    where organization_key in (select organization_key from scope_organization)
)
order by rowid;

insert into main.closing_fact
select *
from source.closing_fact
where organization_id in (select organization_id from main.closing)
order by rowid;

insert into main.closing_check
select *
from source.closing_check
where organization_id in (select organization_id from main.closing)
order by rowid;

insert into main.closing_waiver
select *
from source.closing_waiver
where organization_id in (select organization_id from main.closing)
order by rowid;

insert into main.reopening
select *
from source.reopening
where organization_id in (select organization_id from main.closing)
order by rowid;

-- Of the log its slice: the acts that closed, reopened and judged. Its head stands in pack.json.
insert into main.audit
select *
from source.audit
where audit_id in (
    select audit_id from main.closing
    union
    select audit_id from main.reopening
    union
    select audit_id from main.verdict
)
order by audit_id;
