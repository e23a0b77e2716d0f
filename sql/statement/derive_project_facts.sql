-- One row per project. Its class by rule comes after: see derive_project_class.
--
-- Grouped, not joined: each part has at most one row of a project, and SQLite scans the second of two
-- views that are joined for every row.
insert into project_fact (
    project_key, organization_key, class, class_source, owner, purpose, cost_center
)
with parts as (
    select
        project_key,
        null as stated_key,
        null as class,
        null as owner,
        null as purpose,
        null as cost_center,
        null as seen_key
    from project
    union all
    select project_key, organization_key, class, owner, purpose, cost_center, null
    from stg_project_rows
    union all
    select project_key, null, null, null, null, null, organization_key
    from stg_project_organizations
)

select
    project_key,
    coalesce(max(stated_key), max(seen_key)),
    coalesce(max(class), ''),
    case when coalesce(max(class), '') <> '' then 'table' else '' end,
    coalesce(max(owner), ''),
    coalesce(max(purpose), ''),
    coalesce(max(cost_center), '')
from parts
group by project_key
order by project_key;
