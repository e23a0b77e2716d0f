-- One row when matching found that a charge fits a top-up, whatever became of the pair.
select 1
from candidate
where
    topup_id = :topup_id
    and charge_id = :charge_id
    and verdict in ('won', 'lost', 'undecided');
