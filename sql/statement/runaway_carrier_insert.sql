insert into runaway_carrier (id, dimension, position, name, share_ppm, basis, is_new)
values (:id, :dimension, :position, :name, :share_ppm, :basis, :is_new);
