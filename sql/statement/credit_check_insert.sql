-- One row of balance_check.
insert into balance_check (
    policy, observation_id, low_nanos, high_nanos, unexplained_nanos, since_on, prior_at
)
values (
    :policy, :observation_id, :low_nanos, :high_nanos, :unexplained_nanos, :since_on, :prior_at
);
