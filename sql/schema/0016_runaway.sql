-- ---------------------------------------------------------------------------------------------------
-- Runaway projects: what they are judged by, and what people said of them

alter table runaway_episode add column id text not null default '';  -- 'w' and twelve hex digits of the SHA-256 of (organization, project, currency, from_on)
alter table runaway_episode add column is_open integer not null default 0;  -- 1: no two known days have passed it
alter table runaway_episode add column raised_on text not null default '';  -- the day whose cost was enough for a finding
alter table runaway_episode add column day_count integer not null default 0;  -- of its days, those that are known
alter table runaway_episode add column is_estimated integer not null default 0;  -- 1: a day of it is priced usage, no cost yet
alter table runaway_episode add column cause text not null default '';  -- a first guess, a sentence
alter table runaway_episode add column carried_by text not null default '';  -- the first of its carriers, with their shares
alter table runaway_episode add column verdict_id integer;  -- the newest verdict that is about it; null: nobody judged it

-- One row per episode and rule that fired in it.
create table runaway_rule (
    id text not null,  -- of the episode
    rule text not null,
    from_on text not null,  -- the first day that it named
    day_count integer not null,  -- how many days it named
    excess_nanos integer not null,  -- of these, above what each was held against
    evidence text not null,  -- the first day's, a clause with its numbers
    primary key (id, rule)
) strict;

-- One row per episode and line item, key, user or model that carried what was above the weeks before.
create table runaway_carrier (
    id text not null,  -- of the episode
    dimension text not null,  -- 'line item', 'key', 'user', 'model'
    position integer not null,  -- 1: the largest
    name text not null,
    share_ppm integer not null,  -- of what all of its dimension are above the weeks before, in parts per million
    basis text not null,  -- what the share is of: 'cost', 'tokens', 'requests'
    is_new integer not null,  -- 1: not there in the weeks before
    primary key (id, dimension, position)
) strict;

-- One row per verdict of a person on an episode. A verdict is a fact: nothing changes it, a later one on the same days counts
-- in its place. It is about a project's days, by names: so it holds for the episode on these days, also when a restated
-- export moves its first or last day.
create table verdict (
    verdict_id integer primary key,  -- 1, 2, 3, … without a gap
    organization_id text not null,
    project_id text not null,
    currency text not null,
    from_on text not null,  -- of the episode, when it was judged
    until_on text not null,  -- its last day by then
    verdict text not null,  -- 'real', 'planned', 'noise'
    excess_nanos integer not null,  -- of the episode by then
    why text not null,
    decided_by text not null,  -- --by, else the system's user
    decided_at integer not null,  -- wall clock
    audit_id integer not null  -- the row of the log that records it
) strict;

create trigger verdict_stays before delete on verdict
begin
    select raise(abort, 'a verdict is never deleted');
end;

create trigger verdict_never_changes before update on verdict
begin
    select raise(abort, 'a verdict never changes');
end;

-- An episode's usage is looked up by project and day.
create index usage_day_project on usage_day (project_key, day);

-- What there is to find is found anew.
insert into meta (name, value)
select 'stale', '1'
where exists (select 1 from file)
on conflict (name) do update set value = excluded.value;
