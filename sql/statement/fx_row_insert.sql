-- Keeps one exchange rate.
insert into fx_row (
    file_id, line, day, base, quote, rate_nanos
)
values (
    :file_id, :line, :day, :base, :quote, :rate_nanos
);
