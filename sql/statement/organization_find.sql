-- The key of one organization by its id.
select organization_key from organization where organization_id = :text;
