delete from closing_change;
