/* SPDX-License-Identifier: MIT
 *
 * SARIF 2.1.0, with what GitHub's code scanning wants of it:
 *
 *	rules        those that were run, each once, so that a reader can tell "nothing
 *	             found" from "not looked for"
 *	results      a line each; [] when there are none
 *	message      where there is a second place, with a link to it ("[made here](1)")
 *	fingerprints partial ones: GitHub's own, of the line, and ours, which moves with the code
 *	suppressions of a finding that a comment hides, where these are asked for
 *
 * GitHub reads the first 25,000 results and shows 5,000, the worst first.
 */
#include "report/formats.h"

#include <inttypes.h>

#include "base/alloc.h"
#include "report/json_text.h"
#include "report/uri.h"
#include "rule/ruleset.h"
#include "scan/finding.h"
#include "scan/fingerprint.h"

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

struct sarif {
	bool first;      /* no result is written yet */
	int *rule_index; /* by the rule's index in the rule set: its place among those that were run */
};

static const char *level_of(enum severity severity)
{
	static const char *const levels[] = {
		[SEVERITY_INFO] = "note",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_ERROR] = "error",
	};

	return levels[severity];
}

static json_t *message(const char *text)
{
	return json_object_with("text", json_text(text));
}

/* -- rules */

/* A message that is about no place yet: "`{callee}` blocks" becomes "`…` blocks". */
static json_t *description_of(const struct rule *rule)
{
	struct strbuf text = STRBUF_INIT;
	json_t *description;

	for (const char *at = rule->message; *at; at++) {
		size_t name = *at == '{' ? strcspn(at, "} ") : 0;

		if (name > 1 && at[name] == '}') {
			strbuf_addstr(&text, "\xE2\x80\xA6");
			at += name;
		} else {
			strbuf_addch(&text, *at);
		}
	}
	description = message(text.buf);
	strbuf_release(&text);
	return description;
}

static json_t *first_line_of(const char *help)
{
	struct strbuf line = STRBUF_INIT;
	json_t *object;

	strbuf_add(&line, help, strcspn(help, "\n"));
	object = message(line.buf);
	strbuf_release(&line);
	return object;
}

static json_t *tags_of(const struct rule *rule)
{
	json_t *tags = json_array();

	json_add(tags, json_text(rule->profile));
	for (size_t i = 0; i < rule->nr_aliases && i < 19; i++) /* GitHub takes 20 */
		json_add(tags, json_text(rule->aliases[i]));
	return tags;
}

static json_t *help_of(const struct rule *rule)
{
	const char *help = *rule->help ? rule->help : rule->message;
	json_t *object = message(help);

	json_set_text(object, "markdown", help);
	return object;
}

static json_t *rule_of(const struct rule *rule)
{
	json_t *object = json_object();
	struct strbuf uri = STRBUF_INIT;

	json_set_text(object, "id", rule->code);
	json_set_text(object, "name", rule->name);
	json_set(object, "shortDescription", description_of(rule));
	json_set(object, "fullDescription", first_line_of(*rule->help ? rule->help : rule->message));
	json_set(object, "help", help_of(rule));
	if (uri_add_rule(&uri, rule))
		json_set_text(object, "helpUri", uri.buf);
	json_set(object, "defaultConfiguration", json_object_with("level", json_text(level_of(rule->severity))));
	json_set(object, "properties", json_object_with("tags", tags_of(rule)));
	strbuf_release(&uri);
	return object;
}

static json_t *rules_of(const struct ruleset *set, struct sarif *sarif)
{
	json_t *rules = json_array();

	sarif->rule_index = set ? xcalloc(set->nr + 1, sizeof(*sarif->rule_index)) : NULL;
	for (size_t i = 0; set && i < set->nr; i++) {
		if (!set->rules[i]->selected)
			continue;
		sarif->rule_index[set->rules[i]->index] = (int)json_array_size(rules);
		json_add(rules, rule_of(set->rules[i]));
	}
	return rules;
}

static void sarif_begin(struct report *report)
{
	struct sarif *sarif = report->data = xcalloc(1, sizeof(*sarif));
	json_t *driver = json_object();

	json_set_text(driver, "name", "asyncgrep");
	json_set_text(driver, "semanticVersion", ASYNCGREP_VERSION);
	json_set(driver, "rules", rules_of(report->options.rules, sarif));
	strbuf_addstr(&report->text, "{\"$schema\":\"" SCHEMA "\",\"version\":\"2.1.0\",\"runs\":[{\n\"tool\":");
	json_text_add(&report->text, json_object_with("driver", driver));
	strbuf_addstr(&report->text, ",\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[");
	sarif->first = true;
}

/* -- results */

static json_t *location_of(const char *path, const struct finding_place *place)
{
	json_t *physical = json_object(), *region = json_object();
	struct strbuf uri = STRBUF_INIT;

	uri_add_path(&uri, path);
	json_set_number(region, "startLine", place->line);
	json_set_number(region, "startColumn", place->column);
	json_set_number(region, "endLine", place->end_line);
	json_set_number(region, "endColumn", place->end_column);
	json_set(physical, "artifactLocation", json_object_with("uri", json_text(uri.buf)));
	json_set(physical, "region", region);
	strbuf_release(&uri);
	return json_object_with("physicalLocation", physical);
}

static json_t *locations_of(const char *path, const struct finding *finding)
{
	json_t *locations = json_array(), *location = location_of(path, &finding->place), *logical;

	if (finding->function) {
		logical = json_object_with("fullyQualifiedName", json_text(finding->function));
		json_set_text(logical, "kind", "function");
		json_set(location, "logicalLocations", json_pack("[o]", logical));
	}
	json_add(locations, location);
	return locations;
}

static json_t *second_of(const char *path, const struct finding *finding)
{
	json_t *location = location_of(path, &finding->second);

	json_set_number(location, "id", 1);
	json_set(location, "message", message(finding->second_note));
	return json_pack("[o]", location);
}

/* [TEXT](ID) is a link to a related location; brackets in its text are escaped. */
static void add_link(struct strbuf *out, const char *text)
{
	strbuf_addch(out, '[');
	for (; *text; text++) {
		if (strchr("[]\\", *text))
			strbuf_addch(out, '\\');
		strbuf_addch(out, *text);
	}
	strbuf_addstr(out, "](1)");
}

static json_t *message_of(const struct finding *finding)
{
	struct strbuf text = STRBUF_INIT;
	json_t *object;

	if (!finding->second_note)
		return message(finding->message);
	strbuf_addf(&text, "%s (", finding->message);
	add_link(&text, finding->second_note);
	strbuf_addch(&text, ')');
	object = message(text.buf);
	strbuf_release(&text);
	return object;
}

static json_t *fingerprints_of(const char *path, const struct finding *finding)
{
	json_t *prints = json_object();
	char hex[OBJECT_HEX_LEN + 1];
	struct strbuf line = STRBUF_INIT;

	strbuf_addf(&line, "%" PRIx64 ":%" PRIu32, finding->identity.line_hash, finding->identity.line_ordinal);
	fingerprint_hex(path, finding, hex);
	json_set_text(prints, "primaryLocationLineHash", line.buf);
	json_set_text(prints, "asyncgrep/v1", hex);
	strbuf_release(&line);
	return prints;
}

static json_t *history_of(const struct finding *finding)
{
	json_t *history = json_object_with("commit", json_text(finding->commit));

	if (finding->removed_in)
		json_set_text(history, "removedIn", finding->removed_in);
	return history;
}

static json_t *result_of(const struct sarif *sarif, const char *path, const struct finding *finding)
{
	json_t *result = json_object();

	json_set_text(result, "ruleId", finding->rule->code);
	if (sarif->rule_index)
		json_set(result, "ruleIndex", json_integer(sarif->rule_index[finding->rule->index]));
	json_set_text(result, "level", level_of(finding->rule->severity));
	json_set(result, "message", message_of(finding));
	json_set(result, "locations", locations_of(path, finding));
	if (finding->second_note)
		json_set(result, "relatedLocations", second_of(path, finding));
	json_set(result, "partialFingerprints", fingerprints_of(path, finding));
	if (finding->suppressed)
		json_set(result, "suppressions", json_pack("[{s:s}]", "kind", "inSource"));
	if (finding->commit)
		json_set(result, "properties", history_of(finding));
	return result;
}

static void sarif_file(struct report *report, const char *path, const struct finding_list *findings)
{
	struct sarif *sarif = report->data;

	for (size_t i = 0; i < findings->nr; i++)
		json_text_add_element(&report->text, result_of(sarif, path, &findings->items[i]), &sarif->first);
}

static void sarif_end(struct report *report, bool complete)
{
	struct sarif *sarif = report->data;

	strbuf_addf(&report->text, "%s],\n\"invocations\":[{\"executionSuccessful\":%s}]\n}]}\n",
		    sarif->first ? "" : "\n", complete ? "true" : "false");
	free(sarif->rule_index);
	free(sarif);
}

const struct report_format report_sarif = {
	.name = "sarif",
	.help = "SARIF 2.1.0, for code scanning",
	.needs = REPORT_FULL_PATH | REPORT_IDENTITY | REPORT_SUPPRESSED,
	.begin = sarif_begin,
	.file = sarif_file,
	.end = sarif_end,
};
