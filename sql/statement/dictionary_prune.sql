-- Removes organizations and projects that no file, no entered balance and no close names any more. Terms stay:
-- finding out who uses them would read every row of cost and usage.
delete from organization
where organization_key not in (
    select organization_key from snapshot where organization_key is not null
    union
    select organization_key from topup_row
    union
    select organization_key from grant_row
    union
    select organization_key from observation_row
    union
    select organization_key from organization_row
    union
    select organization_key from recharge_row
    union
    select organization_key from project_row where organization_key is not null
    union
    select organization_key from recharge_row
    union
    select organization_key from budget_row where organization_key is not null
    union
    select organization.organization_key
    from organization
    inner join closing on organization.organization_id = closing.organization_id
);

delete from project
where project_key not in (
    select project_key from partition where project_key is not null
    union
    select project_key from project_row
    union
    select project_key from budget_row where project_key is not null
);
