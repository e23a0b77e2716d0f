-- One row of expiring_allocation.
insert into expiring_allocation (
    policy, organization_key, project_key, currency, share_ppm, allocated_nanos, basis
)
values (
    :policy, :organization_key, :project_key, :currency, :share_ppm, :allocated_nanos, :basis
);
