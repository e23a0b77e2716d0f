-- Empties what runaway derives.
delete from runaway_episode;
