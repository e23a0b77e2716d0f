-- Makes the temporary table that hides the empty one of its name, and empties it.
pragma query_only = off;

create temporary table if not exists diagnosis (
    organization_key integer not null,
    position integer not null,
    cause text not null,
    since_on text,
    amount_nanos integer,
    currency text not null,
    reference text not null,
    file_id integer,
    line integer not null,
    finding text not null,
    next_step text not null,
    evidence text not null,
    primary key (organization_key, position)
) strict;

delete from temp.diagnosis;
