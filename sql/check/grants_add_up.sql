-- One row per grant whose face is not used + expired + withdrawn + remaining.
select
    organization_id || ' ' || reference || ' (' || policy
    || '): face is not used + expired + withdrawn + remaining' as problem
from fct_grants
where face_nanos <> used_nanos + expired_nanos + withdrawn_nanos + remaining_nanos
order by policy, organization_id, reference;
