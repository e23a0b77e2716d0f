-- Gives back the memory of the working tables.
delete from temp.ranked_snapshot;
delete from temp.reject_scope;
delete from temp.incomplete;
delete from temp.cost_candidate;
delete from temp.cost_key;
delete from temp.cost_contested;
delete from temp.cost_choice;
delete from temp.cost_rest;
delete from temp.cost_cover;
delete from temp.usage_candidate;
