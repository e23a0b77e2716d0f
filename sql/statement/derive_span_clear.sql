delete from organization_fact;
delete from calendar;
