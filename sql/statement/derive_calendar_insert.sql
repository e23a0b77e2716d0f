insert into calendar (day, day_number, month)
values (:day, :day_number, substr(:day, 1, 7));
