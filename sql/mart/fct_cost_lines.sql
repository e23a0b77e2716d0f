-- One row per organization, project, UTC day, currency and line item that cost something.
--
-- grain    organization_id, project_id, day, currency, line_item
-- reads    int_cost_lines, cost_day, organization, project, term, line_item
-- read by  reports/spend.line_item
--
-- What no export splits, and rows that name no line item, have an empty line_item.
-- What a line item says is empty where its text is not understood.
create view fct_cost_lines as
with provisional_days as (
    select distinct
        organization_key,
        coalesce(project_key, 0) as project_key,
        day,
        currency
    from cost_day
    where is_provisional = 1
)

select
    organization.organization_id,
    coalesce(project.project_id, '') as project_id,
    coalesce(project.name, '') as project_name,
    coalesce(term.text, '') as line_item,
    coalesce(line_item.surface, '') as surface,
    coalesce(line_item.model, '') as model,
    coalesce(line_item.modality, '') as modality,
    coalesce(line_item.token_kind, '') as token_kind,
    coalesce(line_item.is_long_context, 0) as is_long_context,
    int_cost_lines.day,
    substr(int_cost_lines.day, 1, 7) as month,
    int_cost_lines.currency,
    int_cost_lines.amount_nanos as cost_nanos,
    case
        when provisional_days.day is not null then int_cost_lines.amount_nanos
        else 0
    end as provisional_nanos
from int_cost_lines
inner join organization on int_cost_lines.organization_key = organization.organization_key
left join project on int_cost_lines.project_key = project.project_key
left join term on int_cost_lines.line_item_id = term.term_id
left join line_item on int_cost_lines.line_item_id = line_item.term_id
left join provisional_days
    on int_cost_lines.organization_key = provisional_days.organization_key
    and coalesce(int_cost_lines.project_key, 0) = provisional_days.project_key
    and int_cost_lines.day = provisional_days.day
    and int_cost_lines.currency = provisional_days.currency;
