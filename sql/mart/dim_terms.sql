-- One row per name that exports use for a line item, model, key, user, e-mail or unit.
--
-- grain    term_id
-- reads    term, line_item
-- read by  reports/spend by line item, model, surface, key and user, and the fct_…_usage of these
--
-- What the name says as a line item stands beside it, empty where it is none or is not understood: surface is what it says
-- before the model ('batch api', 'flex', 'web search tool calls'), and else standard. The key is for joins within one
-- ledger, as in dim_organizations.
create view dim_terms as
select
    term.term_id,
    term.text,
    coalesce(line_item.surface, '') as surface_text,
    case
        when coalesce(line_item.is_understood, 0) = 0 then ''
        when line_item.surface = '' then 'standard'
        else line_item.surface
    end as surface,
    coalesce(line_item.model, '') as model,
    coalesce(line_item.modality, '') as modality,
    coalesce(line_item.token_kind, '') as token_kind,
    coalesce(line_item.is_long_context, 0) as is_long_context
from term
left join line_item on term.term_id = line_item.term_id;
