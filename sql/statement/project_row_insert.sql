-- Keeps one row of the projects table.
insert into project_row (
    file_id, line, project_key, organization_key, class, owner, purpose,
    cost_center
)
values (
    :file_id, :line, :project_key, :organization_key, :class, :owner, :purpose,
    :cost_center
);
