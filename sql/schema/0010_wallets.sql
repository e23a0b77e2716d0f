-- ---------------------------------------------------------------------------------------------------
-- What tells exceptions apart

alter table exception add column subject text not null default '';  -- what it is about: the reference, or a fact's id and leg where that does not tell it from another; the id is made of code, organization, project, date, currency and this

-- What there is to raise is raised anew, with ids of its own.
insert into meta (name, value)
select 'stale', '1'
where exists (select 1 from exception)
on conflict (name) do update set value = excluded.value;
