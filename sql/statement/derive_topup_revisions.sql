-- Keeps stg_topup_revisions while the payments are derived: it ranks every row there is, and several statements ask.
drop table if exists temp.topup_revision;

create temp table topup_revision as
select * from stg_topup_revisions;
