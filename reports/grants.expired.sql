-- title:   Expired credits
-- summary: Every grant that expired with credit left, and how much was lost.
-- files:   payments
-- param:   org from until policy
-- column:  organization_id  text             Organization
-- column:  reference        text             Reference
-- column:  kind             text             Kind
-- column:  expires_at       instant          Expired_at
-- column:  face             money(currency)  Face
-- column:  expired          money(currency)  Expired     total
-- column:  expired_low      money(currency)  At_least    wide
-- column:  currency         text             Cur
-- column:  id               text             Id          wide
-- evidence: grants
-- formats: table csv json xlsx html pdf
select
    organization_id,
    reference,
    kind,
    expires_at,
    face_nanos as face,
    expired_nanos as expired,
    case when expired_low_nanos < expired_nanos then expired_low_nanos end as expired_low,
    currency,
    id
from fct_grants
where
    policy = :policy
    and expired_nanos > 0
    and expires_on >= :from
    and expires_on < :until
    and (:org is null or organization_id = :org)
order by organization_id, expires_at, reference, id;
