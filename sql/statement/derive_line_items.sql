-- One row per line item: its text, and what the ledger holds it to say.
select
    line_item.term_id,
    term.text,
    line_item.is_understood,
    line_item.is_long_context,
    line_item.surface,
    line_item.model,
    line_item.modality,
    line_item.token_kind
from line_item
inner join term using (term_id)
order by line_item.term_id;
