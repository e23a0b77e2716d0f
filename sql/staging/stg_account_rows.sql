-- One row per line of the accounts table that counts: each account's lines in the newest file.
--
-- grain    account, line
-- reads    account_row, stg_file_ranks
-- read by  statement/derive_account_rows
create view stg_account_rows as
with ranked as (
    select
        account_row.account,
        account_row.line,
        account_row.card_last4,
        account_row.file_pattern,
        account_row.zone,
        account_row.currency,
        account_row.owner,
        dense_rank() over (
            partition by account_row.account order by stg_file_ranks.newness desc
        ) as position
    from account_row
    join stg_file_ranks on stg_file_ranks.file_id = account_row.file_id
)

select account, line, card_last4, file_pattern, zone, currency, owner
from ranked
where position = 1;
