-- title:   Credit grants
-- summary: Every grant: its face, and what was used, expired, withdrawn and remains of it.
-- files:   payments
-- param:   org from until policy
-- column:  organization_id  text             Organization
-- column:  reference        text             Reference
-- column:  kind             text             Kind           wide
-- column:  granted_at       instant          Granted_(UTC)  wide
-- column:  expires_at       instant          Expires_(UTC)
-- column:  face             money(currency)  Face           total
-- column:  used             money(currency)  Used           total
-- column:  expired          money(currency)  Expired        total
-- column:  withdrawn        money(currency)  Withdrawn      total
-- column:  remaining        money(currency)  Remaining      total
-- column:  state            text             State
-- column:  repaid           money(currency)  Repaid         data
-- column:  expired_low      money(currency)  Expired_at_least  wide
-- column:  currency         text             Cur
-- column:  id               text             Id             wide
-- evidence: topups
-- formats: table csv json xlsx html pdf
select
    organization_id,
    reference,
    kind,
    granted_at,
    expires_at,
    face_nanos as face,
    used_nanos as used,
    expired_nanos as expired,
    withdrawn_nanos as withdrawn,
    remaining_nanos as remaining,
    state,
    repaid_nanos as repaid,
    case when expired_low_nanos < expired_nanos then expired_low_nanos end as expired_low,
    currency,
    id
from fct_grants
where
    policy = :policy
    and granted_on >= :from
    and granted_on < :until
    and (:org is null or organization_id = :org)
order by organization_id, granted_at, reference, id;
