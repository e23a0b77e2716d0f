-- One row of allocation_day.
insert into allocation_day (
    policy, organization_key, project_key, currency, day, drawn_nanos, overdrawn_nanos
)
values (
    :policy, :organization_key, :project_key, :currency, :day, :drawn_nanos, :overdrawn_nanos
);
