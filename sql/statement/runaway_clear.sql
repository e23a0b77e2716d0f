-- Empties what runaway derives.
delete from runaway_episode;
delete from runaway_rule;
delete from runaway_carrier;
