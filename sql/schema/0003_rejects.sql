-- Records that a quarantined import kept out of the ledger's facts.

-- One row per rejected record of a file that was imported with --quarantine.
create table reject (
    reject_id integer primary key,
    file_id integer not null references file on delete cascade,
    line integer not null,  -- physical line on which the record starts
    problem text not null,  -- why, a sentence a line; columns and values stand in them
    text text not null,  -- the record's first line, masked and cleaned, cut after 2,000 characters; '' when unknown
    day text,  -- UTC day of cost and usage, else as printed; null when it could not be read
    project_id text,  -- of cost and usage, '' when it names none; null when it could not be read
    account text not null  -- of a card statement: --account, else the last four of row or file; '' unknown
) strict;

create index reject_file on reject (file_id, line);
