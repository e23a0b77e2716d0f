-- One row per line of a claim that counts: each claim's lines in the newest file.
--
-- grain    file_id, line
-- reads    claim_row, stg_file_ranks
-- read by  int_claim_hits, statement/wallet_claims
create view stg_claim_rows as
with ranked as (
    select
        claim_row.*,
        dense_rank() over (
            partition by claim_row.claim_id order by stg_file_ranks.newness desc
        ) as position
    from claim_row
    inner join stg_file_ranks on claim_row.file_id = stg_file_ranks.file_id
)

select
    file_id,
    line,
    claim_id,
    charge,
    card_last4,
    dated_on,
    amount_nanos,
    currency,
    claimant,
    submitted_on,
    approver,
    purpose
from ranked
where position = 1;
