-- One row: the external ids of an exception's organization and project, '' where it has none.
select
    coalesce((select organization_id from organization where organization_key = :organization_key), ''),
    coalesce((select project_id from project where project_key = :project_key), '');
