-- One row: the first and the last day of any fact; null without facts.
select min(first_on), max(last_on)
from stg_fact_spans;
