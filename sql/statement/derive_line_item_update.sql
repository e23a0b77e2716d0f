-- Keeps what a line item says.
update line_item
set
    is_understood = :is_understood,
    surface = :surface,
    model = :model,
    modality = :modality,
    token_kind = :token_kind,
    is_long_context = :is_long_context
where term_id = :term_id;
