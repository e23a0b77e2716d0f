insert into settled_exception (room, code, reference, id)
values (:room, :code, :reference, :id);
