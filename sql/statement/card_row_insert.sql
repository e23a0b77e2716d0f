-- Keeps one movement of a card statement.
insert into card_row (
    file_id, line, purchased_on, purchased_time, posted_on, posted_time,
    amount_nanos, currency, original_nanos, original_currency, fee_nanos,
    fee_currency, state, status, type, descriptor, reference, card_last4,
    is_leg, is_fee
)
values (
    :file_id, :line, :purchased_on, :purchased_time, :posted_on, :posted_time,
    :amount_nanos, :currency, :original_nanos, :original_currency, :fee_nanos,
    :fee_currency, :state, :status, :type, :descriptor, :reference, :card_last4,
    :is_leg, :is_fee
);
