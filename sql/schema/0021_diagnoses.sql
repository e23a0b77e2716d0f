-- ---------------------------------------------------------------------------------------------------
-- Why calls may fail though an organization's use shows nothing

-- One row per organization and cause, the likeliest first. Empty in every ledger: whoever asks has a temporary
-- table of this name filled.
create table diagnosis (
    organization_key integer not null,
    position integer not null,  -- 1 is the likeliest of the organization
    cause text not null,  -- 'other-organization', 'payment', 'recharge-cap', 'balance', 'budget', 'other-project', 'other-key', 'no-use', 'not-known'
    since_on text,  -- UTC day; null: not known
    amount_nanos integer,  -- null where it is about no amount
    currency text not null,  -- '' likewise
    reference text not null,  -- of the record that shows it, or ''
    file_id integer,
    line integer not null,  -- 0 when about no single line
    finding text not null,  -- a sentence or two
    next_step text not null,  -- a sentence
    evidence text not null,  -- the command that shows the numbers behind it
    primary key (organization_key, position)
) strict;
