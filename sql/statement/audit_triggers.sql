-- One row per trigger that keeps a table append-only: its name, and its text after "create trigger "; null: it is gone.
with expected (name) as (
    values
    ('audit_keeps_its_rows'),
    ('audit_never_changes'),
    ('closing_keeps_its_rows'),
    ('closing_never_changes'),
    ('closing_fact_keeps_its_rows'),
    ('closing_fact_never_changes'),
    ('closing_waiver_keeps_its_rows'),
    ('closing_waiver_never_changes'),
    ('decision_stays'),
    ('decision_never_changes'),
    ('decision_fact_stays'),
    ('decision_fact_never_changes'),
    ('decision_source_stays'),
    ('decision_source_never_changes'),
    ('decision_end_stays'),
    ('decision_end_never_changes'),
    ('reopening_keeps_its_rows'),
    ('reopening_never_changes'),
    ('verdict_stays'),
    ('verdict_never_changes')
)

select
    expected.name,
    substr(held.sql, length('create trigger ') + 1) as body
from expected
left join sqlite_schema as held
    on expected.name = held.name
    and held.type = 'trigger'
order by expected.name;
