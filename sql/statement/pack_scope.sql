-- What an excerpt is about. Filled by pack_scope_card or pack_scope_organization, then by pack_scope_rest.
create temp table scope_organization (organization_key integer primary key);  -- told whole
create temp table scope_charge (charge_id integer primary key);
create temp table scope_topup (topup_id integer primary key);
create temp table scope_receipt (receipt_id integer primary key);
create temp table scope_project (project_key integer primary key);
create temp table scope_partition (partition_id integer primary key);
create temp table scope_decision (decision_id integer primary key);
create temp table scope_file (file_id integer primary key);
