delete from exception where room = :room;
