/* SPDX-License-Identifier: MIT
 *
 * --show-config: for people as text, for programs as JSON.
 */
#include "base/strbuf.h"
#include "cli/command.h"
#include "cli/settings_json.h"
#include "cli/settings_text.h"

static void print_text(json_t *document)
{
	struct strbuf text = STRBUF_INIT;

	settings_text_add(&text, document);
	fwrite(text.buf, 1, text.len, stdout);
	strbuf_release(&text);
}

enum exit_status command_show_config(const struct options *options, struct settings *settings, struct ruleset *set)
{
	struct error err = { NULL };
	json_t *document;

	if (command_load_rules(options, settings, set, &err)) {
		complain_error(&err);
		return EXIT_TROUBLE;
	}
	document = settings_json(settings, options);
	if (!command_wants_json(options))
		print_text(document);
	else if (json_dumpf(document, stdout, JSON_INDENT(2)) == 0)
		putchar('\n');
	else if (!ferror(stdout))
		BUG("jansson refuses a configuration");
	json_decref(document);
	return EXIT_CLEAN;
}
