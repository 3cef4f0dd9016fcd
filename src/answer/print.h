/*
 * Writing for people and for programs: lines of JSON, telegrams in a line.
 * Commands and pages say the same because both write it here.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_ANSWER_PRINT_H
#define CHY_ANSWER_PRINT_H

#include "base/sink.h"
#include "registry/registry.h"

/* Text from a telegram, for a terminal: no control character gets through. */
void	out_text(chy_sink *out, chy_slice text);

/* One object a line: json_open, json_..., json_close. */
typedef struct json {
	chy_sink *out;
	bool	  comma;
} json;

json	json_open(chy_sink *out);
void	json_close(json *j);		/* with the line end */
void	json_name(json *j, const char *name);
void	json_text(json *j, const char *name, chy_slice value);
void	json_text_or_null(json *j, const char *name, chy_slice value);
void	json_number(json *j, const char *name, uint64_t value);
void	json_bool(json *j, const char *name, bool value);
void	json_absent(json *j, const char *name);
/* "name": [ ... ] and { ... } inside. */
void	json_list_begin(json *j, const char *name);
void	json_list_end(json *j);
void	json_object_begin(json *j, const char *name);
void	json_object_end(json *j);
/* Elements of a list. */
void	json_item_text(json *j, chy_slice value);
void	json_item_object(json *j);

/* The fields of a telegram in a line, as all verbs print them. */
void	json_line(json *j, const chy_line *line);
void	out_line(chy_sink *out, const chy_line *line, bool colour);

/* Start and end of emphasis; nothing without colour. */
void	out_bold(chy_sink *out, bool colour);
void	out_plain(chy_sink *out, bool colour);

#endif
