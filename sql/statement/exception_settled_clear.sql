delete from settled_exception where room = :room;
