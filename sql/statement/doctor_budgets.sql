-- One row per budget that is exceeded and holds on the last covered day of its organization, unless it was
-- settled: what is said of it.
select
    exception.organization_key,
    organization.organization_id,
    exception.dated_on,
    exception.amount_nanos,
    exception.currency,
    exception.reference,
    exception.file_id,
    exception.line,
    exception.explanation
from exception
inner join int_budgets
    on exception.file_id = int_budgets.file_id and exception.line = int_budgets.line
inner join organization on exception.organization_key = organization.organization_key
inner join organization_fact
    on exception.organization_key = organization_fact.organization_key
where
    exception.code = 'BUDGET_EXCEEDED'
    and int_budgets.from_on <= organization_fact.cost_until
    and coalesce(int_budgets.until_on, '9999-12-31') >= organization_fact.cost_until
order by organization.organization_id, exception.dated_on, exception.reference;
