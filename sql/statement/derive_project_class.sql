update project_fact
set class = :class, class_source = 'rule'
where project_key = :project_key;
