-- title:   Rate card
-- summary: What a million tokens, characters, seconds … of each model cost, since when, and where it was read.
-- column:  model         text             Model
-- column:  token_kind    text             Kind
-- column:  service_tier  text             Tier
-- column:  price         money(currency)  Price      exact
-- column:  currency      text             Cur
-- column:  from          text             From
-- column:  until         text             Until
-- column:  source        text             Source     wide
-- column:  origin        text             Origin     wide
-- formats: table csv json xlsx html pdf
select
    model,
    token_kind,
    service_tier,
    price_nanos as price,
    currency,
    from_on as "from",
    until_on as until,
    source,
    origin
from dim_rates
order by model, token_kind, service_tier, from_on, origin;
