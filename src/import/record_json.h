/*
 * record_json.h - the pages of the Platform's costs and usage APIs as records. The one door to
 * yajl.
 *
 *     {"object": "page", "data": [{"start_time": …, "results": [{…}, {…}]}], "has_more": false}
 *
 * A page, an array of pages, or pages one after another. Every result becomes a record under the
 * column names of the CSV export that says the same, so that its format reads both; a bucket
 * without results becomes a record of times alone. A record's line is the one on which its result
 * begins. Numbers are handed on as they are written.
 */
#pragma once
#include "import/record.h"

struct json_reader;

struct json_reader *json_reader_new(struct source *source);
void json_reader_free(struct json_reader *reader);

/* As reader_next(), but nothing is BAD: what is wrong with the document is wrong with all of it.
 * The first record is the header. */
enum record_status json_reader_next(struct json_reader *reader, const struct record **record,
                                    GError **error);

/* Whether the last page says that there are more. */
gboolean json_reader_ends_early(const struct json_reader *reader);
gint64 json_reader_line_count(const struct json_reader *reader);
