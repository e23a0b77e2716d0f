delete from project_fact;
delete from fx_rate;
