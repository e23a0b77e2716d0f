-- Keeps one row of the organizations table.
insert into organization_row (
    file_id, line, organization_key, name, billing_mode, from_on, until_on,
    materiality_nanos, materiality_ppm, tax
)
values (
    :file_id, :line, :organization_key, :name, :billing_mode, :from_on,
    :until_on, :materiality_nanos, :materiality_ppm, :tax
);
