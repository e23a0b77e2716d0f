-- One row when a person settled this exception, and it has not grown since.
select 1
from decision_fact
inner join decision on decision_fact.decision_id = decision.decision_id
where
    decision_fact.id = :id
    and decision.verb = 'settle'
    and decision.amount_nanos >= :amount_nanos
    and decision.decision_id not in (select decision_end.decision_id from decision_end);
