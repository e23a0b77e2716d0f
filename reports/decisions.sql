-- title:   Decisions
-- summary: What people decided about pairs, items and runaway projects of these days, when and why, and where it stands.
-- param:   from until
-- column:  decided_at  instant           Decided_(UTC)
-- column:  decided_by  text              By
-- column:  verb        text              Decision
-- column:  ids         text              Facts
-- column:  references  text              References  wide
-- column:  leg         text              Leg         data
-- column:  amount      amount(currency)  Amount
-- column:  cause       text              Cause       wide
-- column:  why         text              Why
-- column:  state       text              State
-- column:  ended_by    text              Ended_by    data
-- column:  currency    text              Cur
-- column:  id          text              Id
-- evidence: topups charges receipts
-- formats: table csv json xlsx html pdf
select
    decided_at,
    decided_by,
    verb,
    ids,
    refs as "references",
    leg,
    amount_nanos as amount,
    cause,
    why,
    state,
    ended_by,
    currency,
    id
from fct_decisions
where
    coalesce(from_on, :from) < :until
    and coalesce(until_on, :from) >= :from
order by decided_at, is_verdict, decision_id;
