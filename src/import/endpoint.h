/*
 * endpoint.h - the Platform's usage endpoints: what each counts, and in which unit.
 *
 * An endpoint's name is the kind of its snapshots and usage days.
 */
#pragma once
#include "import/fact.h"

/* "completions", "audio_speeches", …; "" for ENDPOINT_UNTOLD. */
const char *endpoint_name(enum usage_endpoint endpoint);
/* FALSE when there is none of that name. */
gboolean endpoint_find(const char *name, enum usage_endpoint *out);
/* What a model's name alone proves: embeddings, moderations, or nothing (ENDPOINT_UNTOLD). */
enum usage_endpoint endpoint_of_model(struct text model);

/* The unit of its quantity, one and many ("image", "images"); NULL where it counts tokens. */
const char *endpoint_unit(enum usage_endpoint endpoint, gboolean many);
/* Decimals of its quantity in the ledger: 6 for seconds, else 0. */
int endpoint_scale(enum usage_endpoint endpoint);
