/* format_kind.c - the kinds of facts, the columns each reads and the options its formats take. */
#include "import/format_internal.h"

#define BUCKET_SPECS                                                                               \
    [BUCKET_START] = {"start", COLUMN_NEEDED}, [BUCKET_END] = {"end", COLUMN_NEEDED},              \
    [BUCKET_START_ISO] = {"start-iso"}, [BUCKET_END_ISO] = {"end-iso"}

static const struct column_spec empty_columns[BUCKET_COLUMNS] = {BUCKET_SPECS};

static const struct column_spec cost_columns[COST_COLUMNS] = {
    BUCKET_SPECS,
    [COST_AMOUNT] = {"amount", COLUMN_NEEDED},
    [COST_CURRENCY] = {"currency", COLUMN_NEEDED},
    [COST_QUANTITY] = {"quantity"},
    [COST_QUANTITY_UNIT] = {"quantity-unit"},
    [COST_LINE_ITEM] = {"line-item"},
    [COST_USER_ID] = {"user-id"},
    [COST_API_KEY_ID] = {"api-key-id"},
    [COST_USER_EMAIL] = {"user-email"},
    [COST_API_SOURCE] = {"api-source"},
    [COST_PROJECT_ID] = {"project-id"},
    [COST_PROJECT_NAME] = {"project-name"},
    [COST_ORGANIZATION_ID] = {"organization-id", COLUMN_OR_ORGANIZATION},
    [COST_ORGANIZATION_NAME] = {"organization-name"},
};

static const struct column_spec use_columns[USE_COLUMNS] = {
    BUCKET_SPECS,
    [USE_PROJECT_ID] = {"project-id"},
    [USE_USER_ID] = {"user-id"},
    [USE_API_KEY_ID] = {"api-key-id"},
    [USE_MODEL] = {"model"},
    [USE_BATCH] = {"batch"},
    [USE_SERVICE_TIER] = {"service-tier"},
    [USE_COMPUTE_UNITS] = {"compute-units"},
    [USE_QUANTITY] = {"quantity"},
    [USE_IMAGE_SIZE] = {"image-size"},
    [USE_SOURCE] = {"source"},
    [USE_COUNTS + USAGE_REQUESTS] = {"requests"},
    [USE_COUNTS + USAGE_INPUT] = {"input-tokens"},
    [USE_COUNTS + USAGE_OUTPUT] = {"output-tokens"},
    [USE_COUNTS + USAGE_INPUT_CACHED] = {"input-cached-tokens"},
    [USE_COUNTS + USAGE_INPUT_CACHE_WRITE] = {"input-cache-write-tokens"},
    [USE_COUNTS + USAGE_INPUT_UNCACHED] = {"input-uncached-tokens"},
    [USE_COUNTS + USAGE_INPUT_TEXT] = {"input-text-tokens"},
    [USE_COUNTS + USAGE_OUTPUT_TEXT] = {"output-text-tokens"},
    [USE_COUNTS + USAGE_INPUT_CACHED_TEXT] = {"input-cached-text-tokens"},
    [USE_COUNTS + USAGE_INPUT_AUDIO] = {"input-audio-tokens"},
    [USE_COUNTS + USAGE_INPUT_CACHED_AUDIO] = {"input-cached-audio-tokens"},
    [USE_COUNTS + USAGE_OUTPUT_AUDIO] = {"output-audio-tokens"},
    [USE_COUNTS + USAGE_INPUT_IMAGE] = {"input-image-tokens"},
    [USE_COUNTS + USAGE_INPUT_CACHED_IMAGE] = {"input-cached-image-tokens"},
    [USE_COUNTS + USAGE_OUTPUT_IMAGE] = {"output-image-tokens"},
};

static const struct column_spec activity_columns[ACTIVITY_COLUMNS] = {
    [ACTIVITY_TIMESTAMP] = {"timestamp", COLUMN_NEEDED},
    [ACTIVITY_ORGANIZATION_ID] = {"organization-id", COLUMN_OR_ORGANIZATION},
    [ACTIVITY_ORGANIZATION_NAME] = {"organization-name"},
    [ACTIVITY_PROJECT] = {"project"},
    [ACTIVITY_PROJECT_NAME] = {"project-name"},
    [ACTIVITY_USER] = {"user"},
    [ACTIVITY_API_KEY_ID] = {"api-key-id"},
    [ACTIVITY_TYPE] = {"usage-type", COLUMN_NEEDED},
    [ACTIVITY_OPERATION] = {"operation"},
    [ACTIVITY_MODEL] = {"model"},
    [ACTIVITY_REQUESTS] = {"requests", COLUMN_NEEDED},
    [ACTIVITY_INPUT] = {"input-tokens", COLUMN_NEEDED},
    [ACTIVITY_OUTPUT] = {"output-tokens", COLUMN_NEEDED},
    [ACTIVITY_INPUT_CACHED] = {"input-cached-tokens"},
    [ACTIVITY_INPUT_AUDIO] = {"input-audio-tokens"},
    [ACTIVITY_OUTPUT_AUDIO] = {"output-audio-tokens"},
    [ACTIVITY_IMAGES] = {"images"},
    [ACTIVITY_IMAGE_SIZE] = {"image-size"},
    [ACTIVITY_CHARACTERS] = {"characters"},
};

static const struct column_spec credit_usage_columns[CREDIT_USAGE_COLUMNS] = {
    [CREDIT_USAGE_DATE] = {"date", COLUMN_NEEDED},
    [CREDIT_USAGE_ACCOUNT] = {"account-id", COLUMN_NEEDED},
    [CREDIT_USAGE_USER] = {"user-id"},
    [CREDIT_USAGE_EMAIL] = {"user-email"},
    [CREDIT_USAGE_TYPE] = {"usage-type", COLUMN_NEEDED},
    [CREDIT_USAGE_CREDITS] = {"credits", COLUMN_NEEDED},
    [CREDIT_USAGE_QUANTITY] = {"quantity"},
    [CREDIT_USAGE_UNITS] = {"units"},
};

/* format_parse_card.c checks what cannot stand here: a date or a posted, an amount or a debit and a
 * credit. */
static const struct column_spec card_columns[CARD_COLUMNS] = {
    [CARD_DATE] = {"date"},
    [CARD_POSTED_DATE] = {"posted"},
    [CARD_AMOUNT] = {"amount"},
    [CARD_DEBIT] = {"debit"},
    [CARD_CREDIT] = {"credit"},
    [CARD_CURRENCY] = {"currency", COLUMN_NEEDED, .may_be_constant = TRUE, .may_be_open = TRUE},
    [CARD_ORIGINAL_AMOUNT] = {"original-amount"},
    [CARD_ORIGINAL_CURRENCY] = {"original-currency"},
    [CARD_FEE] = {"fee"},
    [CARD_FEE_CURRENCY] = {"fee-currency"},
    [CARD_TEXT] = {"text", COLUMN_NEEDED, .may_be_joined = TRUE},
    [CARD_ID] = {"id"},
    [CARD_CARD] = {"card"},
    [CARD_TYPE] = {"type"},
    [CARD_STATUS] = {"status"},
};

static const struct column_spec payment_columns[PAYMENT_COLUMNS] = {
    [PAYMENT_PAID_AT] = {"paid-at", COLUMN_NEEDED},
    [PAYMENT_ORGANIZATION_ID] = {"organization-id", COLUMN_OR_ORGANIZATION},
    [PAYMENT_ORGANIZATION_NAME] = {"organization-name"},
    [PAYMENT_INVOICE] = {"invoice-number", COLUMN_NEEDED},
    [PAYMENT_RECEIPT] = {"receipt-number"},
    [PAYMENT_DESCRIPTION] = {"description"},
    [PAYMENT_KIND] = {"payment-kind"},
    [PAYMENT_STATUS] = {"status", COLUMN_NEEDED},
    [PAYMENT_CREDIT] = {"credit-amount", COLUMN_NEEDED},
    [PAYMENT_CREDIT_CURRENCY] = {"credit-currency"},
    [PAYMENT_TAX] = {"tax-amount"},
    [PAYMENT_TOTAL] = {"total-amount", COLUMN_NEEDED},
    [PAYMENT_CURRENCY] = {"currency", COLUMN_NEEDED},
    [PAYMENT_CARD] = {"card"},
    [PAYMENT_REFUNDED_AT] = {"refunded-at"},
    [PAYMENT_REFUNDED_CREDIT] = {"refunded-credit"},
    [PAYMENT_REFUNDED_TOTAL] = {"refunded-total"},
};

static const struct column_spec receipt_columns[RECEIPT_COLUMNS] = {
    [RECEIPT_NUMBER] = {"receipt-number", COLUMN_NEEDED},
    [RECEIPT_INVOICE] = {"invoice-number", COLUMN_NEEDED},
    [RECEIPT_DATE_PAID] = {"date-paid", COLUMN_NEEDED},
    [RECEIPT_SELLER] = {"seller"},
    [RECEIPT_DESCRIPTION] = {"description"},
    [RECEIPT_SUBTOTAL] = {"subtotal"},
    [RECEIPT_TAX] = {"tax"},
    [RECEIPT_TOTAL] = {"total", COLUMN_NEEDED},
    [RECEIPT_CURRENCY] = {"currency", COLUMN_NEEDED},
    [RECEIPT_PAYMENT_METHOD] = {"payment-method"},
    [RECEIPT_DOCUMENT] = {"document"},
    [RECEIPT_DATE_ISSUED] = {"date-issued"},
    [RECEIPT_NET] = {"total-excluding-tax"},
    [RECEIPT_TAX_RATE] = {"tax-rate"},
    [RECEIPT_TAX_NAME] = {"tax-name"},
    [RECEIPT_AMOUNT_PAID] = {"amount-paid"},
    [RECEIPT_AMOUNT_DUE] = {"amount-due"},
    [RECEIPT_BILL_TO] = {"bill-to"},
};

static const struct column_spec grant_columns[GRANT_COLUMNS] = {
    [GRANT_ORGANIZATION_ID] = {"organization-id", COLUMN_OR_ORGANIZATION},
    [GRANT_ID] = {"grant-id", COLUMN_NEEDED},
    [GRANT_KIND] = {"grant-kind", COLUMN_NEEDED},
    [GRANT_GRANTED_AT] = {"granted-at", COLUMN_NEEDED},
    [GRANT_EXPIRES_AT] = {"expires-at", COLUMN_NEEDED},
    [GRANT_AMOUNT] = {"amount", COLUMN_NEEDED},
    [GRANT_CURRENCY] = {"currency", COLUMN_NEEDED},
};

static const struct column_spec balance_columns[BALANCE_COLUMNS] = {
    [BALANCE_ORGANIZATION_ID] = {"organization-id", COLUMN_OR_ORGANIZATION},
    [BALANCE_OBSERVED_AT] = {"observed-at", COLUMN_NEEDED},
    [BALANCE_BALANCE] = {"balance", COLUMN_NEEDED},
    [BALANCE_CURRENCY] = {"currency", COLUMN_NEEDED},
};

static const struct column_spec organization_columns[ORGANIZATION_COLUMNS] = {
    [ORGANIZATION_ID] = {"organization-id", COLUMN_NEEDED},
    [ORGANIZATION_NAME] = {"name"},
    [ORGANIZATION_BILLING_MODE] = {"billing-mode"},
    [ORGANIZATION_FROM] = {"from"},
    [ORGANIZATION_UNTIL] = {"until"},
    [ORGANIZATION_MATERIALITY_AMOUNT] = {"materiality-amount"},
    [ORGANIZATION_MATERIALITY_PERCENT] = {"materiality-percent"},
    [ORGANIZATION_TAX] = {"tax"},
};

static const struct column_spec project_columns[PROJECT_COLUMNS] = {
    [PROJECT_ID] = {"project-id", COLUMN_NEEDED},
    [PROJECT_ORGANIZATION_ID] = {"organization-id"},
    [PROJECT_CLASS] = {"class", COLUMN_NEEDED},
    [PROJECT_OWNER] = {"owner"},
    [PROJECT_PURPOSE] = {"purpose"},
    [PROJECT_COST_CENTER] = {"cost-center"},
};

static const struct column_spec account_columns[ACCOUNT_COLUMNS] = {
    [ACCOUNT_ACCOUNT] = {"account", COLUMN_NEEDED},
    [ACCOUNT_CARD] = {"card"},
    [ACCOUNT_FILE_PATTERN] = {"file-pattern"},
    [ACCOUNT_ZONE] = {"zone"},
    [ACCOUNT_CURRENCY] = {"currency"},
    [ACCOUNT_OWNER] = {"owner"},
};

static const struct column_spec fx_rate_columns[FX_RATE_COLUMNS] = {
    [FX_RATE_DATE] = {"date", COLUMN_NEEDED},
    [FX_RATE_BASE] = {"base", COLUMN_NEEDED, .may_be_constant = TRUE},
    [FX_RATE_QUOTE] = {"quote"},
    [FX_RATE_RATE] = {"rate", COLUMN_NEEDED, .may_be_each = TRUE},
};

static const struct column_spec budget_columns[BUDGET_COLUMNS] = {
    [BUDGET_ORGANIZATION_ID] = {"organization-id"},
    [BUDGET_PROJECT_ID] = {"project-id"},
    [BUDGET_MONTH] = {"month"},
    [BUDGET_FROM] = {"from"},
    [BUDGET_UNTIL] = {"until"},
    [BUDGET_AMOUNT] = {"amount", COLUMN_NEEDED},
    [BUDGET_CURRENCY] = {"currency", COLUMN_NEEDED},
};

static const struct column_spec rate_columns[RATE_COLUMNS] = {
    [RATE_MODEL] = {"model", COLUMN_NEEDED},
    [RATE_TOKEN_KIND] = {"token-kind", COLUMN_NEEDED},
    [RATE_SERVICE_TIER] = {"service-tier"},
    [RATE_PRICE] = {"usd-per-million", COLUMN_NEEDED},
    [RATE_FROM] = {"from"},
    [RATE_UNTIL] = {"until"},
    [RATE_SOURCE] = {"source"},
};

static const struct column_spec claim_columns[CLAIM_COLUMNS] = {
    [CLAIM_ID] = {"claim-id", COLUMN_NEEDED},
    [CLAIM_CHARGE] = {"charge-reference"},
    [CLAIM_CARD] = {"card"},
    [CLAIM_DATE] = {"date"},
    [CLAIM_AMOUNT] = {"amount"},
    [CLAIM_CURRENCY] = {"currency"},
    [CLAIM_CLAIMANT] = {"claimant"},
    [CLAIM_SUBMITTED_ON] = {"submitted-on"},
    [CLAIM_APPROVER] = {"approver"},
    [CLAIM_PURPOSE] = {"purpose"},
};

static const struct column_spec recharge_columns[RECHARGE_COLUMNS] = {
    [RECHARGE_ORGANIZATION_ID] = {"organization-id", COLUMN_OR_ORGANIZATION},
    [RECHARGE_FROM] = {"from"},
    [RECHARGE_UNTIL] = {"until"},
    [RECHARGE_THRESHOLD] = {"threshold", COLUMN_NEEDED},
    [RECHARGE_AMOUNT] = {"amount"},
    [RECHARGE_TARGET] = {"target"},
    [RECHARGE_MONTHLY_CAP] = {"monthly-cap"},
    [RECHARGE_CURRENCY] = {"currency", COLUMN_NEEDED},
};

#define OPTION_OWN (OPTION_DATES | OPTION_AMOUNTS | OPTION_TEMPLATE)

const struct kind_spec kind_specs[FACT_KINDS] = {
    [FACT_COST] = {"cost", cost_columns, COST_COLUMNS, 0},
    [FACT_USAGE] = {"usage", use_columns, USE_COLUMNS, OPTION_ENDPOINT},
    [FACT_ACTIVITY] = {"activity", activity_columns, ACTIVITY_COLUMNS, 0},
    [FACT_CREDIT_USAGE] = {"credit_usage", credit_usage_columns, CREDIT_USAGE_COLUMNS,
                           OPTION_DATES},
    [FACT_CARD] = {"card", card_columns, CARD_COLUMNS, OPTION_DATES | OPTION_AMOUNTS | OPTION_CARD},
    [FACT_PAYMENT] = {"payments", payment_columns, PAYMENT_COLUMNS, OPTION_OWN},
    [FACT_RECEIPT] = {"receipts", receipt_columns, RECEIPT_COLUMNS, OPTION_OWN},
    [FACT_GRANT] = {"credit_grants", grant_columns, GRANT_COLUMNS, OPTION_OWN},
    [FACT_BALANCE] = {"balances", balance_columns, BALANCE_COLUMNS, OPTION_OWN},
    [FACT_ORGANIZATION] = {"organizations", organization_columns, ORGANIZATION_COLUMNS, OPTION_OWN},
    [FACT_PROJECT] = {"projects", project_columns, PROJECT_COLUMNS, OPTION_TEMPLATE},
    [FACT_ACCOUNT] = {"accounts", account_columns, ACCOUNT_COLUMNS, OPTION_TEMPLATE},
    [FACT_FX_RATE] = {"fx_rates", fx_rate_columns, FX_RATE_COLUMNS, OPTION_DATES | OPTION_TEMPLATE},
    [FACT_BUDGET] = {"budgets", budget_columns, BUDGET_COLUMNS, OPTION_OWN},
    [FACT_RATE] = {"rates", rate_columns, RATE_COLUMNS, OPTION_OWN},
    [FACT_CLAIM] = {"claims", claim_columns, CLAIM_COLUMNS, OPTION_OWN},
    [FACT_RECHARGE] = {"recharge", recharge_columns, RECHARGE_COLUMNS, OPTION_OWN},
    [FACT_EMPTY_WINDOW] = {"empty", empty_columns, BUCKET_COLUMNS, 0},
    [FACT_NOTHING] = {"nothing", NULL, 0, 0},
    [FACT_REFUSED] = {"refused", NULL, 0, OPTION_REFUSAL},
};
