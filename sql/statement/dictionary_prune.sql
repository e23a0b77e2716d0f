-- Removes organizations and projects that no file and no entered balance names any more. Terms stay:
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
);

delete from project
where project_key not in (
    select project_key from partition where project_key is not null
    union
    select project_key from project_row
);
