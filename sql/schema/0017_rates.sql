-- ---------------------------------------------------------------------------------------------------
-- What usage would have cost: the rate card, what it says of every day's usage, and the days that no cost
-- export covers yet

-- One row per row of a table of prices.
create table rate_row (
    file_id integer not null references file on delete cascade,
    line integer not null,
    model text not null,
    token_kind text not null,  -- 'input', 'cached input', 'output', 'characters', 'seconds', …
    service_tier text not null,  -- 'standard', 'batch', 'flex', 'priority'
    rate_nanos integer not null,  -- 1e-9 USD per million
    from_on text,  -- first day; null: ever since
    until_on text,  -- last day; null: until further notice
    source text not null  -- where the price was read, or ''
) strict;

create index rate_row_file on rate_row (file_id);

-- One row per price of the rate card: the user's, and those of rules/rates.csv (derived).
create table rate (
    rate_id integer primary key,
    model text not null,
    token_kind text not null,
    service_tier text not null,
    from_on text,
    until_on text,
    rate_nanos integer not null,  -- 1e-9 USD per million
    source text not null,
    file_id integer references file  -- null: of rules/rates.csv
) strict;

-- One row per project's day, endpoint, model, service tier and token kind: what was used, at list price (derived).
create table usage_value (
    organization_key integer references organization,
    project_key integer references project,
    kind text not null,  -- the endpoint
    day text not null,
    model text not null,  -- as exported, or 'file-search', 'code-interpreter'; '' where the export does not split by it
    service_tier text not null,
    token_kind text not null,  -- '' where nothing tells what was counted
    quantity integer not null,  -- in the endpoint's unit; seconds in 1e-6
    rate_id integer references rate,  -- null: no price is known
    value_nanos integer,  -- USD; null likewise
    is_provisional integer not null
) strict;

-- One row per project's day that has usage and that no cost export covers (derived).
create table estimate_day (
    organization_key integer references organization,
    project_key integer references project,
    day text not null,
    currency text not null,
    value_nanos integer,  -- of what has a price; null: nothing has
    unpriced_count integer not null  -- models and token kinds of the day without a price
) strict;

-- One row per line of cost whose quantity is known and that the rate card can be held against (derived).
create table rate_check (
    organization_key integer not null references organization,
    project_key integer references project,
    day text not null,
    currency text not null,
    model text not null,  -- without its date suffix
    service_tier text not null,
    token_kind text not null,
    quantity integer not null,
    rate_id integer references rate,  -- null: no price is known
    value_nanos integer not null,  -- quantity x price; 0 without one
    cost_nanos integer not null,
    cause text not null  -- of what the two differ by: '', 'rounding', 'tier', 'late', 'unknown model', 'unexplained'
) strict;

-- What follows from usage that is there already is derived anew.
insert into meta (name, value)
select 'stale', '1'
where exists (select 1 from usage_day)
on conflict (name) do update set value = excluded.value;
