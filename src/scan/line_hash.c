/* SPDX-License-Identifier: MIT
 *
 * A rolling hash over a window of characters: what leaves the window is
 * subtracted, so that a line costs nothing beyond its characters.
 */
#include "scan/line_hash.h"

#include "base/unicode.h"
#include "python/source.h"
#include "scan/multiset.h"

#define WINDOW 100
#define FACTOR 37
#define END_OF_FILE 0xFFFF

struct roller {
	uint16_t window[WINDOW];
	bool starts[WINDOW];    /* the character at that place of the window is the first of a line */
	size_t at;              /* the oldest place, which the next character takes */
	uint64_t hash;
	uint64_t leaving;       /* the factor of the character that leaves */
	bool at_line_start;
	uint32_t line;          /* the last one whose hash is complete, from 1 */
	struct multiset seen;
	struct finding *next, *end; /* the findings that have no hash yet */
};

/* The window is full, and a line begins where it does. */
static void finish_line(struct roller *roller)
{
	uint32_t ordinal = multiset_add(&roller->seen, (const char *)&roller->hash, sizeof(roller->hash));

	roller->line++;
	while (roller->next != roller->end && roller->next->place.line == roller->line) {
		roller->next->identity.line_hash = roller->hash;
		roller->next->identity.line_ordinal = ordinal;
		roller->next++;
	}
}

static void roll(struct roller *roller, uint16_t character)
{
	size_t at = roller->at;

	if (roller->starts[at])
		finish_line(roller);
	roller->hash = roller->hash * FACTOR + character - roller->leaving * roller->window[at];
	roller->window[at] = character;
	roller->starts[at] = roller->at_line_start;
	roller->at_line_start = character == '\n';
	roller->at = (at + 1) % WINDOW;
}

static void roll_point(struct roller *roller, uint32_t point)
{
	if (point == UNICODE_INVALID)
		point = 0xFFFD;
	if (point > 0xFFFF) {
		roll(roller, (uint16_t)(0xD800 + ((point - 0x10000) >> 10)));
		point = 0xDC00 + ((point - 0x10000) & 0x3FF);
	}
	roll(roller, (uint16_t)point);
}

/* Lines behind the last finding are of no interest. */
static void roll_file(struct roller *roller, const char *bytes, size_t len)
{
	size_t step;

	for (size_t i = 0; i < len && roller->next != roller->end; i += step) {
		uint32_t point = unicode_decode(bytes + i, len - i, &step);

		if (point == ' ' || point == '\t' || (point == '\n' && i && bytes[i - 1] == '\r'))
			continue;
		roll_point(roller, point == '\r' ? '\n' : point);
	}
	roll(roller, END_OF_FILE);
	for (int i = 0; i < WINDOW; i++)
		roll(roller, 0);
}

void line_hash_fill(const struct source *source, struct finding_list *findings)
{
	struct roller roller = { .at_line_start = true, .leaving = 1, .next = findings->items,
				 .end = findings->items + findings->nr };

	if (!findings->nr)
		return;
	for (int i = 0; i < WINDOW; i++)
		roller.leaving *= FACTOR;
	roll_file(&roller, source->bytes, source->len);
	multiset_release(&roller.seen);
}
