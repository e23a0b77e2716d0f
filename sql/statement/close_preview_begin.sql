-- Makes the temporary tables that hide the empty ones of their names, and empties them.
pragma query_only = off;

create temporary table if not exists close_check (
    organization_id text not null,
    month text not null,
    position integer not null,
    code text not null,
    state text not null,
    finding text not null,
    next_action text not null
) strict;

create temporary table if not exists close_materiality (
    organization_id text not null,
    month text not null,
    currency text not null,
    limit_nanos integer not null,
    rule text not null
) strict;

delete from temp.close_check;

delete from temp.close_materiality;
