-- One row of burn.
insert into burn (
    policy, organization_key, day, credit_grant_id, drawn_nanos
)
values (
    :policy, :organization_key, :day, :credit_grant_id, :drawn_nanos
);
