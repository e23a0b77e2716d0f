/*
 * store.h - checks facts and writes them into the ledger, a function a kind; see load.h for the
 * rules that they share.
 */
#pragma once
#include "core/rowsource.h"
#include "import/load.h"

/* Kinds of few rows: one fact, by prepared statement. */
gboolean store_topup(struct load *load, const struct fact *fact, GError **error);
gboolean store_receipt(struct load *load, const struct fact *fact, GError **error);
gboolean store_grant(struct load *load, const struct fact *fact, GError **error);
gboolean store_balance(struct load *load, const struct fact *fact, GError **error);
gboolean store_card(struct load *load, const struct fact *fact, GError **error);
gboolean store_organization(struct load *load, const struct fact *fact, GError **error);
gboolean store_recharge(struct load *load, const struct fact *fact, GError **error);
gboolean store_project(struct load *load, const struct fact *fact, GError **error);
gboolean store_account(struct load *load, const struct fact *fact, GError **error);
gboolean store_fx_rate(struct load *load, const struct fact *fact, GError **error);
gboolean store_rate(struct load *load, const struct fact *fact, GError **error);
gboolean store_budget(struct load *load, const struct fact *fact, GError **error);
gboolean store_claim(struct load *load, const struct fact *fact, GError **error);
gboolean store_credit_usage(struct load *load, const struct fact *fact, GError **error);

/* After the last row of a card statement: a statement that names no account is compared with
 * others. */
gboolean store_card_finish(struct load *load, GError **error);

/* Kinds of many rows: checks one fact and fills the cells of its row, through a rowsource. */
gboolean store_cost(struct load *load, const struct fact *fact, struct rowsource_cell *cells,
                    GError **error);
gboolean store_usage(struct load *load, const struct fact *fact, struct rowsource_cell *cells,
                     GError **error);

/* After the last row of a usage export: settles an endpoint that the columns do not tell. */
void store_usage_finish(struct load *load);

/* A number into a cell; a term's id, unless the text is empty: then the cell stays null. */
void store_set_int(struct rowsource_cell *cell, int64_t value);
gboolean store_set_term(struct load *load, struct rowsource_cell *cell, enum load_column column,
                        struct text text, GError **error);

/* Remembers the name that a row gives an organization or a project, once a file. */
gboolean store_name_seen(struct load *load, enum dictionary_kind kind, int64_t key, struct text id,
                         struct text name, GError **error);

/* A row of one of the user's tables, its file and line bound. */
struct statement *store_begin_row(struct load *load, const char *name, gint64 line, GError **error);

/* Binding. */
/* A name's key, null for the empty name. */
gboolean store_bind_key(struct load *load, struct statement *statement, const char *parameter,
                        enum dictionary_kind kind, struct text id,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void store_bind_text(struct statement *statement, const char *parameter, struct text text);
/* What a price is, as rate_row and rate hold it. */
void store_bind_rate(struct statement *statement, const struct rate_fact *rate);
void store_bind_day(struct statement *statement, const char *parameter,
                    const struct printed_date *date);
void store_bind_amount(struct statement *statement, const char *parameter,
                       const struct amount *amount); /* null when absent */
