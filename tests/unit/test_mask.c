/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "python/mask.h"
#include "python/source.h"

static struct source source;
static struct mask mask;

/* The code text of a source; the mask stays for a closer look, until the next call. */
static const char *code(const char *text)
{
	struct error err = { 0 };

	mask_release(&mask);
	source_release(&source);
	assert_int_equal(source_init(&source, xstrdup(text), strlen(text), &err), 0);
	mask_build(&mask, &source);
	assert_int_equal(mask.len, strlen(text));
	return mask.code;
}

/* The source of each field's expression. */
static void assert_expression(size_t field, const char *expected)
{
	uint32_t start = mask.fields[field].open + 1;

	assert_true(field < mask.nr_fields);
	assert_int_equal(mask.fields[field].expr_end - start, strlen(expected));
	assert_memory_equal(source.bytes + start, expected, strlen(expected));
}

static void test_mask__blanks_comments(void **state)
{
	(void)state;
	assert_string_equal(code("x # 'y'\nz#\r\n#\ra"), "x      \nz \r\n \ra");
	assert_int_equal(mask.nr_comments, 3);
	assert_int_equal(mask.comments[0].start, 2);
	assert_int_equal(mask.comments[0].end, 7);
	assert_int_equal(mask.broken_at, NO_OFFSET);
}

static void test_mask__blanks_strings_between_their_quotes(void **state)
{
	(void)state;
	assert_string_equal(code("x = 'a#b' \"'\" ''"), "x = '   ' \" \" ''");
	assert_string_equal(code("'''a'b''c\\'''d'''"), "'''           '''");
	assert_string_equal(code("'a\\'b' r'\\'' '\\\\'y"), "'    ' r'  ' '  'y");
	assert_int_equal(mask.nr_strings, 3);
	assert_int_equal(mask.broken_at, NO_OFFSET);
}

/* Sixteen bytes are copied at a time, up to the one that ends them: it may stand in any place of these. */
static void test_mask__copies_and_blanks_at_any_place(void **state)
{
	static const struct {
		const char *open, *text, *close;         /* of a source: text is in it any number of times */
		const char *code_of_open, *code_of_close;
	} cases[] = {
		{ "'", "n", "'", "'", "'" },
		{ "'''", "\n", "'''n", "'''", "'''n" },
		{ "\"\"\"", "\\\"", "\"\"\"", "\"\"\"", "\"\"\"" },
		{ "#", "n", "\nn", " ", "\nn" },
		{ "#", "n", "", " ", "" },
		{ "f'", "{{", "{n}'", "f'", "{n}'" },
		{ "f'''", "'n", "{'n'}'''", "f'''", "{' '}'''" },
		{ "f'{n:", "n", "}'n", "f'{n:", "}'n" },
		{ "f'{f'''", "n", "'''}'", "f'{f'''", "'''}'" },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(cases) * 40 * 40; n++) {
		size_t i = n / (40 * 40), before = n / 40 % 40 + 1, times = n % 40;
		struct strbuf text = STRBUF_INIT, expected = STRBUF_INIT;

		strbuf_addf(&text, "%*s%s", (int)before, "=", cases[i].open);
		for (size_t k = 0; k < times; k++)
			strbuf_addstr(&text, cases[i].text);
		strbuf_addstr(&text, cases[i].close);
		strbuf_addf(&expected, "%*s%s%*s%s", (int)before, "=", cases[i].code_of_open,
			    (int)(times * strlen(cases[i].text)), "", cases[i].code_of_close);
		assert_string_equal(code(text.buf), expected.buf);
		assert_int_equal(mask.broken_at, NO_OFFSET);
		strbuf_release(&text);
		strbuf_release(&expected);
	}
}

static void test_mask__strings_end_no_line(void **state)
{
	(void)state;
	assert_string_equal(code("'''a\nb\r\nc'''\n"), "'''      '''\n");
	assert_string_equal(code("'a\\\nb\\\r\nc'\n"), "'        '\n");
	assert_string_equal(code("'\xC3\xA9'"), "'  '"); /* byte for byte */
}

static void test_mask__knows_prefixes_in_any_case(void **state)
{
	static const struct {
		const char *text;
		uint32_t flags;
	} cases[] = {
		{ "r''", STRING_RAW },
		{ "U''", 0 },
		{ "b''", STRING_BYTES },
		{ "Rb''", STRING_RAW | STRING_BYTES },
		{ "bR\"\"\"\"\"\"", STRING_RAW | STRING_BYTES | STRING_TRIPLE },
		{ "F''", STRING_FORMAT },
		{ "fR''", STRING_FORMAT | STRING_RAW },
		{ "t''", STRING_FORMAT },
		{ "rT''''''", STRING_FORMAT | STRING_RAW | STRING_TRIPLE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_string_equal(code(cases[i].text), cases[i].text);
		assert_int_equal(mask.nr_strings, 1);
		assert_int_equal(mask.strings[0].start, 0);
		assert_int_equal(mask.strings[0].end, mask.len);
		assert_int_equal(mask.strings[0].flags, cases[i].flags);
	}
}

static void test_mask__a_longer_word_is_no_prefix(void **state)
{
	(void)state;
	assert_string_equal(code("xf'{y}' ff'{y}' buf'{y}' ur'{y}' if'{y}'"), "xf'   ' ff'   ' buf'   ' ur'   ' if'   '");
	assert_int_equal(mask.strings[0].start, 2);
	assert_int_equal(mask.nr_fields, 0);
}

static void test_mask__keeps_replacement_fields(void **state)
{
	(void)state;
	assert_string_equal(code("f'a{x}b' f'{{y}}{{{z}}}'"), "f' {x} ' f'       {z}  '");
	assert_int_equal(mask.nr_fields, 2);
	assert_expression(0, "x");
	assert_expression(1, "z");
	assert_int_equal(mask.strings[0].first_field, 0);
	assert_int_equal(mask.strings[1].first_field, 1);
	assert_int_equal(mask.fields[0].next, NO_FIELD);
}

static void test_mask__fields_end_where_their_expression_does(void **state)
{
	(void)state;
	code("f'{x!r}{y=}{z:>3}{a!=b}{c[d:e]}{(lambda: 1)}{g:=5}{h = !s:{w}}{ {1: 2} }'");
	assert_expression(0, "x");
	assert_expression(1, "y=");
	assert_expression(2, "z");
	assert_expression(3, "a!=b");
	assert_expression(4, "c[d:e]");
	assert_expression(5, "(lambda: 1)");
	assert_expression(6, "g");
	assert_expression(7, "h = ");
	assert_expression(8, "w");
	assert_expression(9, " {1: 2} ");
	assert_int_equal(mask.nr_fields, 10);
	assert_int_equal(source.bytes[mask.fields[7].close], '}');
	assert_int_equal(mask.fields[7].close, mask.fields[8].close + 1);
	for (uint32_t i = 0; i < 10; i++)
		assert_int_equal(mask.fields[i].next, i < 9 ? i + 1 : NO_FIELD);
}

static void test_mask__blanks_format_specs_but_for_fields(void **state)
{
	(void)state;
	assert_string_equal(code("f'{x:a{y:b{z}}c}d{w!r:^8}'"), "f'{x: {y: {z}} } {w!r:  }'");
	assert_string_equal(code("f'{x:%H:%M}' f'{x:{{}}}'"), "f'{x:     }' f'{x:{{}}}'");
	/* Behind a field in a format spec CPython takes `{{` for text. */
	assert_string_equal(code("f'{x:{y}{{z}' f'{a}'"), "f'{x:{y}   }' f'{a}'");
	assert_int_equal(mask.broken_at, NO_OFFSET);
}

static void test_mask__fields_may_hold_any_quotes(void **state)
{
	(void)state;
	assert_string_equal(code("f'{x['a']}' f'{f'{f'{y}b'}'}'"), "f'{x[' ']}' f'{f'{f'{y} '}'}'");
	assert_int_equal(mask.nr_strings, 5);
	assert_int_equal(mask_string_at(&mask, 0), 0);
	assert_int_equal(mask_string_at(&mask, 5), 1);
	assert_int_equal(mask_string_at(&mask, 6), -1);
	assert_int_equal(mask.strings[2].first_field, 1);
	assert_int_equal(mask.strings[3].first_field, 2);
	assert_int_equal(mask.fields[1].next, NO_FIELD);
}

static void test_mask__fields_may_hold_comments_and_line_ends(void **state)
{
	(void)state;
	assert_string_equal(code("f'{\nx # }'\n}a'\n"), "f'{\nx     \n} '\n");
	assert_int_equal(mask.nr_comments, 1);
	assert_string_equal(code("f'''{x:\n}'''"), "f'''{x: }'''");
	assert_string_equal(code("f'{x:a\n}b'"), "f'{x: \n} '"); /* a line end ends this spec */
	assert_int_equal(mask.broken_at, NO_OFFSET);
}

static void test_mask__backslashes_in_f_strings(void **state)
{
	(void)state;
	assert_string_equal(code("f'\\'{x}' f'\\{x}' f'\\\\{x}'"), "f'  {x}' f' {x}' f'  {x}'");
	assert_string_equal(code("f'\\N{DASH}{x}' rf'\\N{x}'"), "f'        {x}' rf'  {x}'");
	assert_string_equal(code("f'a\\\r\nb{x}'"), "f'     {x}'");
	assert_int_equal(mask.broken_at, NO_OFFSET);
}

static void test_mask__an_open_string_ends_with_its_line(void **state)
{
	(void)state;
	assert_string_equal(code("a 'b\nc 'd'"), "a ' \nc ' '");
	assert_int_equal(mask.broken_at, 2);
	assert_string_equal(code("f'a{x\nb'\ny 'z'"), "f' {x\nb'\ny ' '"); /* so do those around it */
	assert_int_equal(mask.broken_at, 0);
	assert_int_equal(mask.fields[0].close, mask.strings[0].end);
	assert_string_equal(code("'''a\nb'"), "'''    ");
	assert_int_equal(mask.broken_at, 0);
	assert_int_equal(mask.strings[0].end, mask.len);
	assert_string_equal(code("x = f'{x:'} y"), "x = f'{x:'} y"); /* a quote in a spec ends the string */
	assert_int_equal(mask.broken_at, 4);
}

static void test_mask__takes_deep_nests(void **state)
{
	size_t depth = 100000;
	char *text = xmalloc(3 * depth + 1);

	(void)state;
	for (size_t i = 0; i < depth; i++)
		memcpy(text + 3 * i, "f'{", 3);
	text[3 * depth] = '\0';
	code(text);
	assert_int_equal(mask.nr_fields, depth);
	assert_int_equal(mask.fields[0].close, mask.len);
	assert_int_equal(mask.broken_at, 0);
	free(text);
}

static int release(void **state)
{
	(void)state;
	mask_release(&mask);
	source_release(&source);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mask__blanks_comments),
		cmocka_unit_test(test_mask__blanks_strings_between_their_quotes),
		cmocka_unit_test(test_mask__copies_and_blanks_at_any_place),
		cmocka_unit_test(test_mask__strings_end_no_line),
		cmocka_unit_test(test_mask__knows_prefixes_in_any_case),
		cmocka_unit_test(test_mask__a_longer_word_is_no_prefix),
		cmocka_unit_test(test_mask__keeps_replacement_fields),
		cmocka_unit_test(test_mask__fields_end_where_their_expression_does),
		cmocka_unit_test(test_mask__blanks_format_specs_but_for_fields),
		cmocka_unit_test(test_mask__fields_may_hold_any_quotes),
		cmocka_unit_test(test_mask__fields_may_hold_comments_and_line_ends),
		cmocka_unit_test(test_mask__backslashes_in_f_strings),
		cmocka_unit_test(test_mask__an_open_string_ends_with_its_line),
		cmocka_unit_test(test_mask__takes_deep_nests),
	};
	return cmocka_run_group_tests(tests, NULL, release);
}
