-- One row of overdraft.
insert into overdraft (
    policy, organization_key, currency, from_on, until_on, lowest_nanos, caused_by, repaid_by
)
values (
    :policy, :organization_key, :currency, :from_on, :until_on, :lowest_nanos, :caused_by,
:repaid_by
);
