insert into allocation_month (
    policy, organization_key, month, kind, currency, use_currency, project_key, amount_nanos, basis
)
values (
    :policy, :organization_key, :month, :kind, :currency, :use_currency, :project_key,
    :amount_nanos, :basis
);
