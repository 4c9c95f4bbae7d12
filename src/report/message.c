/* SPDX-License-Identifier: MIT
 *
 * Messages that say where, in words.
 */
#include "report/message.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "scan/finding.h"

static bool ends_in(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && !strcmp(text + len - end_len, end);
}

char *message_with_place(const struct finding *finding)
{
	const char *note = finding->second_note;
	struct strbuf message = STRBUF_INIT;
	int kept;

	if (!note)
		return xstrdup(finding->message);
	kept = (int)(strlen(note) - strlen("here"));
	if (ends_in(note, "since here"))
		strbuf_addf(&message, "%s (%.*sline %u)", finding->message, kept, note, finding->second.line);
	else if (ends_in(note, " here"))
		strbuf_addf(&message, "%s (%.*sin line %u)", finding->message, kept, note, finding->second.line);
	else
		strbuf_addf(&message, "%s (line %u: %s)", finding->message, finding->second.line, note);
	return strbuf_detach(&message, NULL);
}
