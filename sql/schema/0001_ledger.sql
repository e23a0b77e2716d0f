-- The ledger's tables.
--
-- Three kinds: what files said (rows with file_id and line, never changed after import), dictionaries,
-- and what is derived from them (emptied and rebuilt by every refresh: import, forget, observe, match).
--
-- Units: *_nanos are 1e-9 of the currency beside them, *_at are UTC epoch seconds, *_on, *_from_on and
-- day are civil days 'YYYY-MM-DD' (UTC unless a comment says "as printed"), line is the physical line,
-- 1-based, on which a record starts.

create table meta (
    name text primary key,  -- 'views_digest', 'stale' ('1': derived tables lag behind the facts), 'policy'
    value text not null
) strict;

-- ---------------------------------------------------------------------------------------------------
-- Files

-- One row per imported reading of a file. (sha256, format_digest, options) is its identity.
create table file (
    file_id integer primary key,
    name text not null,  -- base name
    path text not null,  -- as found at import, absolute
    sha256 text not null,  -- of the bytes, hex
    kind text not null,  -- cost, completions, card, payments, receipts, credit_grants, balances, organizations, projects, accounts, fx_rates, empty
    format text not null,  -- name of the format
    format_digest text not null,  -- SHA-256 of the format's text
    options text not null,  -- resolved options that shape the reading, canonical: 'tz=UTC;org=…;account=…;card=1234;as-of=…;scope=…;encoding=…', only those stated; card is account_hint
    encoding text not null,
    delimiter text not null,
    zone text not null,  -- zone stated by option or format, '' when neither; accounts may teach another
    zone_source text not null,  -- 'option', 'format', 'column' or ''
    account_option text not null,  -- --account, or ''
    account_hint text not null,  -- last four taken from the file's name by the format's pattern, or ''
    as_of text not null,  -- --as-of day, or ''
    record_count integer not null,  -- data records, empty buckets included
    fact_count integer not null,  -- records that became a fact
    empty_count integer not null,  -- records that only say "nothing on this day"
    skipped_count integer not null,  -- records the format says are no facts (skip-if)
    reject_count integer not null,
    covered_from text,  -- first day covered or dated
    covered_until text,  -- last day covered or dated, inclusive
    control_total text not null,  -- exact totals as printed: '3.90581500000000011 USD', several joined by ' + '
    residue text not null,  -- exact total minus the sum of the rounded amounts, per currency likewise
    rounded_count integer not null,  -- amounts with more than nine decimals that were not zero
    imported_at integer not null  -- wall clock; the one thing that differs between equal imports
) strict;

create unique index file_identity on file (sha256, format_digest, options);

-- What was assumed or noticed about a file, in sentences.
create table file_note (
    file_id integer not null references file on delete cascade,
    position integer not null,
    level text not null,  -- 'assumed' or 'warning'
    text text not null
) strict;

create index file_note_file on file_note (file_id);

-- ---------------------------------------------------------------------------------------------------
-- Dictionaries. Their integer keys depend on the order of import and never leave the ledger.

create table organization (
    organization_key integer primary key,
    organization_id text not null unique,  -- 'org-…'
    name text not null  -- derived at refresh: the organizations table's, else the newest export's; '' unknown
) strict;

create table project (
    project_key integer primary key,
    project_id text not null unique,  -- 'proj_…'
    name text not null  -- derived at refresh likewise
) strict;

-- Line items, models, users, keys, tiers, units, sources: any other name.
create table term (
    term_id integer primary key,
    text text not null unique
) strict;

-- Names as files gave them; organization.name and project.name are derived from here.
create table name_seen (
    file_id integer not null references file on delete cascade,
    kind text not null,  -- 'organization' or 'project'
    external_id text not null,
    name text not null
) strict;

create index name_seen_file on name_seen (file_id);

-- ---------------------------------------------------------------------------------------------------
-- Cost and usage: snapshots of partitions

-- One row per (file, kind, organization): what one export says about one organization's days.
create table snapshot (
    snapshot_id integer primary key,
    file_id integer not null references file on delete cascade,
    kind text not null,  -- 'cost' or the usage endpoint: 'completions'
    organization_key integer references organization,  -- null for usage, which names none, unless --org
    from_day text not null,  -- first day of the file
    until_day text not null,  -- last charged day, inclusive
    provisional_from text not null,  -- the second newest charged day
    settling_from text not null,  -- the seventh newest charged day
    rank_day text not null,  -- --as-of, else until_day
    rank_stated integer not null,  -- 1 when rank_day is --as-of
    is_grouped integer not null,  -- 1 when any of its rows names a project
    is_whole integer not null  -- 1 with --scope organization
) strict;

create index snapshot_file on snapshot (file_id);

-- One row per (snapshot, project, day, currency): the unit that a later export supersedes.
create table partition (
    partition_id integer primary key,
    snapshot_id integer not null references snapshot on delete cascade,
    project_key integer references project,  -- null: rows that name no project
    day text not null,  -- UTC
    currency text not null,  -- upper case; '' for usage
    first_row integer not null,  -- range of cost_id or usage_id that holds its rows (others may lie between)
    last_row integer not null,
    row_count integer not null,
    total integer not null,  -- cost: nanos; usage: input + output tokens
    request_count integer not null,  -- usage; 0 for cost
    grain integer not null  -- which of these its rows name: 1 line item, 2 model, 4 api key, 8 user
) strict;

create index partition_snapshot on partition (snapshot_id);

-- One row per charged row of a cost export. No index: read by range of cost_id.
create table cost (
    cost_id integer primary key,
    partition_id integer not null,
    line integer not null,
    amount_nanos integer not null,
    line_item_id integer,  -- term
    user_id integer,  -- term
    api_key_id integer,  -- term
    user_email_id integer,  -- term
    api_source_id integer,  -- term
    quantity_micros integer,  -- 1e-6 of quantity_unit
    quantity_unit_id integer  -- term
) strict;

-- One row per used row of a usage export. No index: read by range of usage_id.
create table usage (
    usage_id integer primary key,
    partition_id integer not null,
    line integer not null,
    start_at integer not null,  -- of the bucket: a minute, an hour or a day
    end_at integer not null,
    model_id integer,  -- term
    user_id integer,  -- term
    api_key_id integer,  -- term
    service_tier_id integer,  -- term
    is_batch integer,
    requests integer not null,
    input_tokens integer not null,  -- cached included
    output_tokens integer not null,
    input_cached_tokens integer not null,
    input_cache_write_tokens integer not null,
    input_uncached_tokens integer not null,
    input_text_tokens integer not null,  -- cached excluded, as in the next ones
    output_text_tokens integer not null,
    input_cached_text_tokens integer not null,
    input_audio_tokens integer not null,
    input_cached_audio_tokens integer not null,
    output_audio_tokens integer not null,
    input_image_tokens integer not null,
    input_cached_image_tokens integer not null,
    output_image_tokens integer not null,
    compute_units_micros integer
) strict;

-- ---------------------------------------------------------------------------------------------------
-- Other facts, as files say them

-- One row per row of a payments file. identity: 'invoice:…' (normalised) else 'content:…'.
create table topup_row (
    topup_row_id integer primary key,
    file_id integer not null references file on delete cascade,
    line integer not null,
    organization_key integer not null references organization,
    paid_at integer not null,
    paid_is_date integer not null,  -- 1: only a date was given; paid_at is its local noon
    paid_from integer not null,  -- the instants that paid_at may be: one second, or the date's interval
    paid_until integer not null,
    invoice_number text not null,  -- normalised 'AAAAAAAA-0001', or ''
    receipt_number text not null,  -- normalised '1234-5678', or ''
    description text not null,
    kind text not null,  -- 'manual', 'auto' or ''
    status text not null,  -- 'paid', 'failed', 'pending', 'refunded', 'void'
    credit_nanos integer not null,
    credit_currency text not null,
    tax_nanos integer not null,
    total_nanos integer not null,
    currency text not null,
    card_last4 text not null,  -- or ''
    refunded_at integer,
    refunded_credit_nanos integer,
    refunded_total_nanos integer,
    identity text not null,
    occurrence integer not null  -- 1-based, among equal identities of one file
) strict;

create index topup_row_file on topup_row (file_id);

-- One row per row of a receipts file. identity: 'receipt:…' else 'invoice:…' else 'content:…'.
create table receipt_row (
    receipt_row_id integer primary key,
    file_id integer not null references file on delete cascade,
    line integer not null,
    receipt_number text not null,
    invoice_number text not null,
    paid_on text not null,  -- as printed
    paid_from integer not null,  -- interval that the printed date covers in its zone
    paid_until integer not null,
    seller text not null,
    description text not null,
    subtotal_nanos integer,
    tax_nanos integer,
    total_nanos integer not null,
    currency text not null,
    payment_method text not null,
    card_last4 text not null,  -- from the payment method, or ''
    identity text not null,
    occurrence integer not null
) strict;

create index receipt_row_file on receipt_row (file_id);

-- One row per row of a credit_grants file. identity: 'grant:…' else 'content:…'.
create table grant_row (
    grant_row_id integer primary key,
    file_id integer not null references file on delete cascade,
    line integer not null,
    organization_key integer not null references organization,
    grant_id text not null,
    kind text not null,  -- 'promotional', 'free', 'paid', 'opening'
    granted_at integer not null,
    expires_at integer,  -- null: never
    amount_nanos integer not null,
    currency text not null,
    identity text not null,
    occurrence integer not null
) strict;

create index grant_row_file on grant_row (file_id);

-- One row per balance seen on the console: from a balances file, or entered with observe (file_id null).
create table observation_row (
    observation_row_id integer primary key,
    file_id integer references file on delete cascade,
    line integer not null,  -- 0 when entered
    organization_key integer not null references organization,
    observed_at integer not null,
    balance_nanos integer not null,
    currency text not null
) strict;

create index observation_row_file on observation_row (file_id);

-- The user's tables, one row per row of their files.
create table organization_row (
    file_id integer not null references file on delete cascade,
    line integer not null,
    organization_key integer not null references organization,
    name text not null,
    billing_mode text not null,  -- 'prepaid' or 'invoiced'
    from_on text,  -- first day that the row holds; null: always
    until_on text,  -- last day, inclusive
    materiality_nanos integer,
    materiality_ppm integer  -- parts per million: 1 % is 10000
) strict;

create index organization_row_file on organization_row (file_id);

create table project_row (
    file_id integer not null references file on delete cascade,
    line integer not null,
    project_key integer not null references project,
    organization_key integer references organization,
    class text not null,
    owner text not null,
    purpose text not null,
    cost_center text not null
) strict;

create index project_row_file on project_row (file_id);

create table account_row (
    file_id integer not null references file on delete cascade,
    line integer not null,
    account text not null,
    card_last4 text not null,
    file_pattern text not null,  -- glob on the base name, or ''
    zone text not null,  -- IANA, or ''
    currency text not null,
    owner text not null
) strict;

create index account_row_file on account_row (file_id);

create table fx_row (
    file_id integer not null references file on delete cascade,
    line integer not null,
    day text not null,
    base text not null,
    quote text not null,
    rate_nanos integer not null  -- 1e-9 quote per base
) strict;

create index fx_row_file on fx_row (file_id);

-- One row per row of a card statement. Dates and times are as printed; what zone they are in is derived.
create table card_row (
    card_row_id integer primary key,
    file_id integer not null references file on delete cascade,
    line integer not null,
    purchased_on text,  -- transaction date as printed; null when the statement has none
    purchased_time text,  -- 'HH:MM:SS' as printed, or null
    posted_on text,  -- posting date as printed; null when the statement has none, or while pending
    posted_time text,
    amount_nanos integer not null,  -- > 0 taken from the card, < 0 given back; the fee excluded
    currency text not null,
    original_nanos integer,  -- what the merchant took, same sign; null when not told
    original_currency text not null,  -- or ''
    fee_nanos integer not null,  -- on top of amount_nanos, 0 when none
    fee_currency text not null,
    state text not null,  -- 'posted', 'pending', 'dead' (declined, failed)
    status text not null,  -- as printed
    type text not null,  -- as printed
    descriptor text not null,  -- blanks collapsed
    reference text not null,  -- transaction id as printed, or ''
    card_last4 text not null  -- from a column of the row, or ''
) strict;

create index card_row_file on card_row (file_id);

-- ---------------------------------------------------------------------------------------------------
-- Derived by import's refresh (src/import/derive*.c). Ids follow natural order, never import order.

-- One row per day from the first fact's month to 800 days past the last fact.
create table calendar (
    day text primary key,
    day_number integer not null unique,  -- since 1970-01-01
    month text not null  -- 'YYYY-MM'
) strict;

-- One row per organization: the span and policies that reports need. Prepaid and invoiced alike.
create table organization_fact (
    organization_key integer primary key references organization,
    billing_mode text not null,
    first_on text,  -- UTC day of the first fact of any kind
    cost_from text,  -- first and last day covered by cost exports
    cost_until text,
    materiality_nanos integer,
    materiality_ppm integer
) strict;

-- One row per project: class and owner from the projects table, else class by rule on the name.
create table project_fact (
    project_key integer primary key references project,
    organization_key integer references organization,  -- null while unknown
    class text not null,  -- 'production', 'test', … or ''
    class_source text not null,  -- 'table', 'rule' or ''
    owner text not null,
    purpose text not null,
    cost_center text not null
) strict;

-- One row per organization, project (null: no project), UTC day and currency that cost something or is
-- known to have cost nothing after costing something: what counts, of all snapshots.
create table cost_day (
    organization_key integer not null references organization,
    project_key integer references project,
    day text not null,
    currency text not null,
    cost_nanos integer not null,
    is_provisional integer not null,
    total_partition_id integer,  -- gives the total; null for an organization's unattributed rest
    split_partition_id integer,  -- the finest, splits the total by line item; may be the same
    source_file_id integer not null references file
) strict;

create index cost_day_key on cost_day (organization_key, day);

-- One row per UTC day and project of usage that counts. organization_key null: not known yet.
create table usage_day (
    organization_key integer references organization,
    project_key integer references project,
    kind text not null,
    day text not null,
    partition_id integer not null,
    requests integer not null,
    tokens integer not null,  -- input + output
    is_provisional integer not null
) strict;

-- One row per contiguous run of days that cost exports cover, per organization.
create table coverage (
    organization_key integer not null references organization,
    from_day text not null,
    until_day text not null  -- inclusive
) strict;

-- One row per change of a partition from one snapshot to the next that counts.
create table restatement (
    organization_key integer not null references organization,
    project_key integer references project,
    day text not null,
    currency text not null,
    before_nanos integer not null,
    after_nanos integer not null,
    before_file_id integer not null references file,
    after_file_id integer not null references file,
    is_conflict integer not null
) strict;

-- One row per card or bank account that statements or the accounts table name.
create table account (
    account_id integer primary key,
    account text not null unique,  -- the table's name, else '…1234' (of two banks '…1234 (chase)'), else 'FORMAT #n'
    card_last4 text not null,
    zone text not null,  -- taught by the accounts table, or ''
    currency text not null,
    owner text not null
) strict;

-- One row per payment-history fact, its newest revision.
create table topup (
    topup_id integer primary key,  -- in order of organization, paid_at, identity
    id text not null unique,  -- 't' and twelve hex digits of the SHA-256 of (organization, identity, occurrence)
    topup_row_id integer not null,
    file_id integer not null references file,
    line integer not null,
    organization_key integer not null references organization,
    paid_at integer not null,
    paid_on text not null,  -- UTC day of paid_at
    paid_is_date integer not null,
    paid_from integer not null,
    paid_until integer not null,
    invoice_number text not null,
    receipt_number text not null,
    description text not null,
    kind text not null,
    status text not null,
    credit_nanos integer not null,
    credit_currency text not null,
    tax_nanos integer not null,
    total_nanos integer not null,
    currency text not null,
    card_last4 text not null,
    refunded_at integer,
    refunded_credit_nanos integer,
    refunded_total_nanos integer,
    reference text not null,  -- invoice number, else receipt number, else source:line
    revision_count integer not null,  -- 1: never changed
    wallet text not null  -- filled by match: 'api', 'chatgpt', …
) strict;

-- One row per receipt fact, its newest revision.
create table receipt (
    receipt_id integer primary key,
    id text not null unique,  -- 'r' and twelve hex digits
    receipt_row_id integer not null,
    file_id integer not null references file,
    line integer not null,
    receipt_number text not null,
    invoice_number text not null,
    paid_on text not null,
    paid_from integer not null,
    paid_until integer not null,
    seller text not null,
    description text not null,
    subtotal_nanos integer,
    tax_nanos integer,
    total_nanos integer not null,
    currency text not null,
    payment_method text not null,
    card_last4 text not null,
    reference text not null,
    wallet text not null,  -- filled by match
    wallet_rule text not null
) strict;

-- One row per real card movement: overlapping statements of one account counted once.
create table charge (
    charge_id integer primary key,
    id text not null unique,  -- 'c' and twelve hex digits
    card_row_id integer not null,
    file_id integer not null references file,
    line integer not null,
    account_id integer not null references account,
    card_last4 text not null,  -- of the row, else of the account, or ''
    dated_on text not null,  -- purchase date as printed, else posting date
    posted_on text,  -- as printed; null while pending or unknown
    purchased_from integer not null,  -- UTC interval of the purchase; of the posting where the statement has no other
    purchased_until integer not null,
    posted_from integer,  -- UTC interval of the posting; null when the statement has no posting date
    posted_until integer,
    is_timed integer not null,  -- 1: the purchase interval is one second
    zone text not null,  -- zone used; 'unknown' when widened
    amount_nanos integer not null,  -- as card_row
    currency text not null,
    original_nanos integer,
    original_currency text not null,
    fee_nanos integer not null,
    fee_currency text not null,
    state text not null,
    status text not null,
    type text not null,
    descriptor text not null,
    reference text not null,  -- transaction id, else source:line
    wallet text not null,  -- filled by match: 'api', 'chatgpt', 'credits', 'other', 'unknown'
    wallet_rule text not null  -- the rule that decided; 'undecided' when a limit stopped it
) strict;

create index charge_account on charge (account_id, dated_on);

-- One row per account and contiguous run of days that its statements cover (first to last dated row of a file).
create table statement_coverage (
    account_id integer not null references account,
    from_on text not null,  -- as printed
    until_on text not null
) strict;

-- One row per observed balance, entered or imported, equal ones once.
create table observation (
    observation_id integer primary key,
    file_id integer references file,
    line integer not null,
    organization_key integer not null references organization,
    observed_at integer not null,
    observed_on text not null,  -- UTC day
    balance_nanos integer not null,
    currency text not null
) strict;

-- One row per grant fact of credit_grants files, newest revision.
create table grant_fact (
    grant_fact_id integer primary key,
    id text not null unique,  -- 'g' and twelve hex digits
    file_id integer not null references file,
    line integer not null,
    organization_key integer not null references organization,
    grant_id text not null,
    kind text not null,
    granted_at integer not null,
    granted_on text not null,
    expires_at integer,
    amount_nanos integer not null,
    currency text not null
) strict;

-- One row per day and currency pair, the newest file's.
create table fx_rate (
    day text not null,
    base text not null,
    quote text not null,
    rate_nanos integer not null,
    file_id integer not null references file,
    primary key (base, quote, day)
) strict;

-- ---------------------------------------------------------------------------------------------------
-- Derived by match (src/match)

-- One row per top-up and leg that has a charge or receipt, or a best candidate for one.
create table link (
    topup_id integer not null references topup,
    leg text not null,  -- 'receipt' or 'card'
    receipt_id integer references receipt,
    charge_id integer references charge,
    state text not null,  -- 'confirmed', 'interchangeable', 'suggested', 'ambiguous'
    rule text not null,  -- 'invoice-number', 'amount-window', 'equal-block', …
    reason text not null,  -- a sentence
    variance_nanos integer not null,  -- card leg: charged minus expected, in the charge's currency
    primary key (topup_id, leg)
) strict;

-- One row per pair that was considered, the winners too: what explain tells.
create table candidate (
    topup_id integer not null references topup,
    leg text not null,
    receipt_id integer references receipt,
    charge_id integer references charge,
    verdict text not null,  -- 'won', 'lost', 'undecided' (ambiguous), 'refused'
    reason text not null  -- a sentence
) strict;

create index candidate_topup on candidate (topup_id);

-- One row per top-up: what each leg lacks.
create table topup_state (
    topup_id integer primary key references topup,
    receipt_state text not null,  -- link states, 'open', or '' where none is due (failed, pending, void)
    card_state text not null,  -- likewise, and 'awaiting-statement'
    state text not null,  -- the weaker of the two
    rule text not null
) strict;

-- One row per accepted variance of a pair, by cause.
create table adjustment (
    topup_id integer not null references topup,
    cause text not null,  -- 'fx-margin', 'card-fee', 'tax'
    amount_nanos integer not null,
    currency text not null,
    explanation text not null
) strict;

-- One row per card credit that gives back a charge.
create table refund_link (
    refund_charge_id integer primary key references charge,
    charge_id integer references charge,  -- null: not found
    topup_id integer references topup,  -- of that charge
    kind text not null,  -- 'refund', 'chargeback', 'reversal'
    reason text not null
) strict;

-- One row per failed attempt and the attempt that followed it within the day.
create table retry (
    topup_id integer primary key references topup,
    retried_by_topup_id integer references topup  -- null: never retried
) strict;

-- ---------------------------------------------------------------------------------------------------
-- Derived by credit (src/credit). Every table under both burn policies: 'free-first' and 'expiry-first'.

-- One row per grant: every paid top-up's, every free or opening one.
create table credit_grant (
    credit_grant_id integer primary key,  -- in order of organization, granted_at, reference
    organization_key integer not null references organization,
    currency text not null,
    reference text not null,  -- invoice number (as topup.reference), else grant id
    kind text not null,  -- 'paid', 'promotional', 'free', 'opening'
    is_free integer not null,
    granted_at integer not null,
    granted_on text not null,
    expires_at integer,
    expires_on text,  -- UTC day of expires_at
    face_nanos integer not null,
    topup_id integer references topup,
    grant_fact_id integer references grant_fact,  -- null for a paid one: the console's grant is only evidence of it
    file_id integer not null references file,
    line integer not null
) strict;

-- One row per policy and grant: face = used + expired + withdrawn + remaining.
create table grant_balance (
    policy text not null,
    credit_grant_id integer not null references credit_grant,
    used_nanos integer not null,  -- the overdraft it repaid included
    repaid_nanos integer not null,  -- of used: overdraft repaid at grant
    expired_nanos integer not null,
    withdrawn_nanos integer not null,
    remaining_nanos integer not null,
    state text not null,  -- 'open', 'used', 'expired', 'withdrawn'
    forecast_unused_nanos integer not null,  -- of remaining: what expires unused at the mean daily burn
    primary key (policy, credit_grant_id)
) strict;

-- One row per policy, day and grant drawn or given back to (negative).
create table burn (
    policy text not null,
    organization_key integer not null references organization,
    day text not null,
    credit_grant_id integer not null references credit_grant,
    drawn_nanos integer not null
) strict;

create index burn_grant on burn (policy, credit_grant_id, day);

-- One row per policy, organization, currency and UTC day, from the first fact to the last covered day: at its end.
create table balance_day (
    policy text not null,
    organization_key integer not null references organization,
    currency text not null,
    day text not null,
    paid_nanos integer not null,  -- remaining in paid and opening grants
    free_nanos integer not null,
    overdraft_nanos integer not null,  -- >= 0; balance = paid + free - overdraft
    topup_nanos integer not null,  -- the day's movements, all >= 0 but adjustment: paid grants
    grant_nanos integer not null,  -- free and opening grants
    usage_nanos integer not null,  -- net cost of the day, may be negative
    expired_nanos integer not null,
    withdrawn_nanos integer not null,  -- refunds, with what the grants no longer had and so became overdraft
    adjustment_nanos integer not null,  -- <= 0; what a net negative day could give back to no grant and no overdraft: it cancels that part of usage
    primary key (policy, organization_key, currency, day)
) strict;

-- One row per episode below zero (the same under both policies only when expiry is; per policy).
create table overdraft (
    policy text not null,
    organization_key integer not null references organization,
    currency text not null,
    from_on text not null,
    until_on text,  -- last day below zero; null while open
    lowest_nanos integer not null,  -- negative
    caused_by text not null,  -- project ids with their part, largest first
    repaid_by text not null  -- references of the top-ups that repaid it, with amounts
) strict;

-- One row per policy, organization, project and day: its allocated share of the day's draw and overdraft.
create table allocation_day (
    policy text not null,
    organization_key integer not null references organization,
    project_key integer references project,
    currency text not null,
    day text not null,
    drawn_nanos integer not null,
    overdrawn_nanos integer not null
) strict;

-- One row per policy, organization and project: its share of what will expire within 90 days of the last covered day.
create table expiring_allocation (
    policy text not null,
    organization_key integer not null references organization,
    project_key integer references project,  -- null: unallocated
    currency text not null,
    share_ppm integer not null,
    allocated_nanos integer not null,
    basis text not null  -- 'trailing 28 days', 'life', 'unallocated'
) strict;

-- One row per policy and organization: the forecast behind expiring credits.
create table forecast (
    policy text not null,
    organization_key integer not null references organization,
    currency text not null,
    as_of_day text not null,  -- last covered day
    mean_daily_burn_nanos integer not null,  -- trailing 28 complete days
    zero_on text  -- day the balance hits zero; null: never, or already
) strict;

-- One row per observed balance: what the ledger says, and what is left unexplained.
create table balance_check (
    policy text not null,
    observation_id integer not null references observation,
    low_nanos integer not null,  -- what the day's use allows at that instant
    high_nanos integer not null,
    unexplained_nanos integer not null  -- 0 inside the range, else observed minus the nearer bound
) strict;

-- ---------------------------------------------------------------------------------------------------
-- Derived by the spike rule (src/runaway)

-- One row per project and episode.
create table runaway_episode (
    organization_key integer not null references organization,
    project_key integer not null references project,
    currency text not null,
    from_on text not null,
    until_on text not null,
    rules text not null,
    excess_nanos integer not null,  -- above the baseline, over the episode
    baseline_nanos integer not null,  -- median day before it
    is_provisional integer not null,
    explanation text not null
) strict;

-- ---------------------------------------------------------------------------------------------------
-- Exceptions: each room empties and fills its own at refresh.

-- One row per exception.
create table exception (
    room text not null,  -- 'import', 'match', 'credit', 'runaway'
    code text not null,
    severity text not null,  -- 'error' (money is wrong or missing), 'warning' (a person should look), 'info'
    organization_key integer references organization,
    project_key integer references project,
    dated_on text not null,  -- the item's UTC day
    amount_nanos integer not null,
    currency text not null,
    reference text not null,
    file_id integer references file,
    line integer not null,  -- 0 when about no single line
    explanation text not null,
    next_action text not null,
    id text not null  -- 'x' and twelve hex digits of the SHA-256 of code, organization, project, date and reference
) strict;

create index exception_room on exception (room);
