-- Says that a term is a line item; what it says is derived.
insert or ignore into line_item (
    term_id, is_understood, surface, model, modality, token_kind, is_long_context
)
values (:term_id, 0, '', '', '', '', 0);
