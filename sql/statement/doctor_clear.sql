delete from diagnosis;
