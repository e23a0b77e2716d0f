-- ---------------------------------------------------------------------------------------------------
-- What belongs to a decision stays as it is, too

create trigger decision_fact_stays before delete on decision_fact
begin
    select raise(abort, 'a decision is never deleted');
end;

create trigger decision_fact_never_changes before update on decision_fact
begin
    select raise(abort, 'a decision never changes');
end;

create trigger decision_source_stays before delete on decision_source
begin
    select raise(abort, 'a decision is never deleted');
end;

create trigger decision_source_never_changes before update on decision_source
begin
    select raise(abort, 'a decision never changes');
end;

create trigger decision_end_stays before delete on decision_end
begin
    select raise(abort, 'a decision is never deleted');
end;

create trigger decision_end_never_changes before update on decision_end
begin
    select raise(abort, 'a decision never changes');
end;
