-- One row of runaway_episode.
insert into runaway_episode (
    organization_key, project_key, currency, from_on, until_on, rules, excess_nanos,
    baseline_nanos, is_provisional, explanation, id, is_open, raised_on, day_count, is_estimated,
    cause, carried_by, verdict_id
)
values (
    :organization_key, :project_key, :currency, :from_on, :until_on, :rules, :excess_nanos,
    :baseline_nanos, :is_provisional, :explanation, :id, :is_open, :raised_on, :day_count,
    :is_estimated, :cause, :carried_by, :verdict_id
);
