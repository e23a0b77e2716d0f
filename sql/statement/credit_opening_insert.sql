-- One row of opening.
insert into opening (
    organization_key, currency, first_on, evidence, reference
)
values (
    :organization_key, :currency, :first_on, :evidence, :reference
);
