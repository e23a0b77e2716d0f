-- One row per grant that the console's grant table calls paid, by organization and time.
select
    grant_fact.file_id,
    grant_fact.line,
    grant_fact.organization_key,
    grant_fact.grant_id,
    grant_fact.granted_on,
    grant_fact.amount_nanos,
    grant_fact.currency,
    file.name || ':' || grant_fact.line as source
from grant_fact
join file on file.file_id = grant_fact.file_id
join organization on organization.organization_key = grant_fact.organization_key
where grant_fact.kind = 'paid'
order by organization.organization_id, grant_fact.granted_on, grant_fact.granted_at, grant_fact.id;
