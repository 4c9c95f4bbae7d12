# SPDX-License-Identifier: MIT
#
# Files as strangers leave them: every one is scanned as far as it can be, and
# none stops the others.

bats_require_minimum_version 1.5.0
load helpers

setup() { new_repo; }

# found FILE: line:column:code of each finding, in one line
found() {
	"$ASYNCGREP" --no-index "$1" 2>err | sed 's/^[^:]*:\([0-9]*:[0-9]*\): [a-z]*: \([A-Z0-9]*\) .*/\1:\2/' | tr '\n' ' '
}

@test "an empty file, blank lines, no final newline" {
	: >empty.py
	printf '\n\n' >blank.py
	printf 'async def f(p):\n  open(p)' >cut.py
	[ "$(found empty.py)" = "" ]
	[ "$(found blank.py)" = "" ]
	[ "$(found cut.py)" = "2:3:AG101 " ]
}

@test "CRLF, CR, a byte-order mark, form feeds" {
	printf 'async def f(p):\r\n  open(p)\r\n' >crlf.py
	printf 'async def f(p):\r  open(p)\r\r  (  # x\r   open)(p)\r' >cr.py
	printf '\357\273\277async def f(p): open(p)\n' >bom.py
	printf 'async def f(p):\n    x = 1\n\f    open(p)\n \f    open(p)\n' >ff.py
	[ "$(found crlf.py)" = "2:3:AG101 " ]
	[ "$(found cr.py)" = "2:3:AG101 5:4:AG101 " ]
	[ "$(found bom.py)" = "1:17:AG101 " ]
	[ "$(found ff.py)" = "3:6:AG101 4:7:AG101 " ]
}

@test "encoding cookies: columns count characters" {
	printf '# coding: latin-1\nasync def f(p): "\351"; open(p)\n' >latin.py
	printf '# -*- coding: cp1252 -*-\nasync def f(p): "\200"; open(p)\n' >cp1252.py
	printf '# coding: euc_jp\nasync def f(p): "\244\242"; open(p)\n' >eucjp.py
	printf '# coding: no-such-thing\nasync def f(p): "\351"; open(p)\n' >unknown.py
	[ "$(found latin.py)" = "2:22:AG101 " ]
	[ "$(found cp1252.py)" = "2:22:AG101 " ]
	[ "$(found eucjp.py)" = "2:22:AG101 " ]
	run --separate-stderr "$ASYNCGREP" --no-index unknown.py
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"unknown.py: "*"no-such-thing"* ]]
}

@test "UTF-16 is named as not decodable" {
	printf '\377\376a\000' >le.py
	printf '\376\377\000a' >be.py
	for file in le be; do
		run --separate-stderr "$ASYNCGREP" --no-index $file.py
		[ "$status" -eq 2 ]
		[[ "$stderr" == *"$file.py: "*"UTF-16"* ]]
	done
}

@test "invalid UTF-8 and NUL bytes are scanned all the same" {
	printf 'async def f(p):  # \377\n  "\200\201"; open(p)\n' >bytes.py
	printf 'x = "\000"\nasync def f(p):\n  open(p)\n' >nul.py
	[ "$(found bytes.py)" = "2:9:AG101 " ]
	[ "$(found nul.py)" = "3:3:AG101 " ]
}

@test "JSON is valid UTF-8 whatever the source and the path are" {
	local name=$'a\377b.py'
	printf 'async def f(p):\n  "\200"; open(p)  # \377\n' >"$name"
	"$ASYNCGREP" --no-index --format json "$name" >out 2>/dev/null || [ $? -eq 1 ]
	python3 - <<-'EOF'
		import base64, json
		item = json.loads(open("out", encoding="utf-8", errors="strict").read())
		assert item["path"] == "a\ufffdb.py", item
		assert base64.b64decode(item["path_base64"]) == b"a\xffb.py", item
		assert (item["line"], item["column"], item["code"]) == (2, 8, "AG101"), item
	EOF
}

@test "unterminated strings and brackets: what is before them is found" {
	printf 'async def f(p):\n  open(p)\n  x = "abc\n  open(p)\n' >string.py
	printf 'async def f(p):\n  open(p)\n  x = """abc\n  open(p)\n' >triple.py
	printf 'async def f(p):\n  open(p)\n  x = (1,\n  y = 2\n' >bracket.py
	[ "$(found string.py)" = "2:3:AG101 4:3:AG101 " ]
	[ "$(found triple.py)" = "2:3:AG101 " ]
	[[ "$(found bracket.py)" = "2:3:AG101 "* ]]
	grep -q '1 not Python in places' err
	! grep -q '^asyncgrep: bracket.py' err
	"$ASYNCGREP" --no-index -v . 2>err >/dev/null || [ $? -eq 1 ]
	grep -qx 'asyncgrep: string.py:3:7: not Python here; scanned as far as it is understood' err
	grep -qx 'asyncgrep: triple.py:3:7: not Python here; scanned as far as it is understood' err
	grep -qx 'asyncgrep: bracket.py:3:3: not Python here; scanned as far as it is understood' err
}

@test "tabs mixed with spaces: a tab goes to the next multiple of eight" {
	printf 'async def f(p):\n        if p:\n\t    open(p)\n\topen(p)\ndef g(p):\n\topen(p)\n' >tabs.py
	[ "$(found tabs.py)" = "3:6:AG101 4:2:AG101 " ]
}

@test "100,000 nested brackets, one line of 50 MB, a file of 200 MB: no crash, in time" {
	python3 - <<-'EOF'
		head = "async def f(p):\n  open(p)\n"
		block = "  y = g(1, 'text')  # a comment\n" * 6_400_000
		open("nested.py", "w").write(head + "  x = " + "(" * 100000 + "1" + ")" * 100000 + "\n  open(p)\n")
		open("line.py", "w").write(head + "  x = [" + "1, " * 16_000_000 + "open(p)]\n")
		open("large.py", "w").write(head + block + "  open(p)\n")
	EOF
	[ "$(found nested.py)" = "2:3:AG101 4:3:AG101 " ]
	[ "$(found line.py)" = "2:3:AG101 3:48000008:AG101 " ]
	[ "$(found large.py)" = "2:3:AG101 6400003:3:AG101 " ]
}

@test "control bytes of a path or a source never reach a terminal raw" {
	local name=$'a\033[31m\n.py'
	printf 'async def f(p):\n  open(p)  # \033]0;x\007\n' >"$name"
	for format in text full; do
		"$ASYNCGREP" --no-index --format $format "$name" >out 2>err || [ $? -eq 1 ]
		! grep -q $'\033' out err
		grep -qF 'a\x1B[31m\x0A.py' out
	done
}
