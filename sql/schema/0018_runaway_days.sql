-- ---------------------------------------------------------------------------------------------------
-- What a project's days were made of is looked up by project and day

create index cost_day_project on cost_day (organization_key, project_key, day);

-- Days of priced usage are judged, too.
insert into meta (name, value)
select 'stale', '1'
where exists (select 1 from file)
on conflict (name) do update set value = excluded.value;
