-- One row per trigger that keeps a table append-only: its name, and its text after "create trigger "; null: it is gone.
with expected (name) as (
    values
    ('audit_keeps_its_rows'),
    ('audit_never_changes')
)

select
    expected.name,
    substr(held.sql, length('create trigger ') + 1) as body
from expected
left join sqlite_schema as held
    on expected.name = held.name
    and held.type = 'trigger'
order by expected.name;
