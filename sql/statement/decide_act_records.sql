-- One row per record that told of a fact of a decision.
select
    position,
    rank,
    sha256,
    line
from decision_source
where decision_id = :decision_id
order by position, rank;
