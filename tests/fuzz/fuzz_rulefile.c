/* SPDX-License-Identifier: MIT
 *
 * Any bytes at all as a rule file, and what comes of it run over Python code:
 * a rule may be wrong or senseless, but never more than that. What it complains
 * of goes to standard error.
 */
#include "fuzz.h"

#include "base/alloc.h"
#include "rule/regex.h"
#include "rule/ruleset.h"
#include "scan/scan.h"

/* A little of everything that rules ask about. */
static const char code[] =
	"import asyncio, corp\n"
	"from corp import net as n, Client, Path as P\n"
	"TASKS = [corp.start()]\n"
	"def made(x: Client | None = None) -> P:\n"
	"    try:\n"
	"        return P(x) / 'a'\n"
	"    except (Exception, KeyError):\n"
	"        return lambda: open(x)\n"
	"class AsyncStore(Base, metaclass=M):\n"
	"    root: P\n"
	"    @property\n"
	"    def top(self) -> P: return self.root.parent\n"
	"    def __init__(self, ws, *, path: 'str' = None):\n"
	"        self.task = self.jobs[0] = corp.start(made(path), None, timeout=0)\n"
	"        with open(path) as f, n.lock(): f.read()\n"
	"    async def work(self, websocket: WebSocket, tasks, *more, **rest):\n"
	"        gone = []\n"
	"        for t in list(tasks.copy()):\n"
	"            if not t.done() and t in self.done: t.cancel(); gone.append(t)\n"
	"            else: continue\n"
	"        for u in gone:\n"
	"            await u\n"
	"        async with asyncio.timeout(5) as x, corp.pool():\n"
	"            await asyncio.gather(*tasks, [1, (u, *gone)], return_exceptions=True)\n"
	"        try:\n"
	"            y: P = _ = await self.m.connect(websocket)\n"
	"            y /= 'b'; del t\n"
	"            z = (y if tasks else made(1)) or self.top / f'{open(y).read()}'\n"
	"        finally:\n"
	"            self.m.disconnect(websocket)\n"
	"            loop.call_later(1, lambda: loop.create_task(z.a().b().c()))\n"
	"        [await v async for v in self.jobs.values() if (w := v.result())]\n"
	"        match x:\n"
	"            case P(a=b) if b: yield b\n"
	"        return self.task.cancel() if self.task else {**rest, 'k': [self.task]}\n";

static void check_finding(const struct finding *finding)
{
	REQUIRE(finding->offset < sizeof(code));
	REQUIRE(finding->place.line >= 1 && finding->place.column >= 1);
	REQUIRE(finding->message && finding->rule->code);
}

static void scan_code(const struct ruleset *set)
{
	struct matcher *matcher = matcher_new(set);
	struct regex_worker *worker = regex_worker_new();
	struct scan_options options = { .jobs = 1 };
	struct finding_list findings = { .nr = 0 };
	struct error err = { NULL };
	struct scan_facts facts;

	(void)scan_bytes(matcher, worker, &options, xmemdupz(code, sizeof(code) - 1), sizeof(code) - 1, &findings,
			 &facts, &err);
	REQUIRE(!facts.broken_line);
	for (size_t i = 0; i < findings.nr; i++)
		check_finding(&findings.items[i]);
	error_release(&err);
	finding_list_release(&findings);
	regex_worker_free(worker);
	matcher_free(matcher);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ruleset set;
	struct error err = { NULL };

	ruleset_init(&set);
	if (ruleset_add(&set, "fuzz.yaml", (const char *)data, size, false, &err)) {
		REQUIRE(err.message && !strncmp(err.message, "fuzz.yaml:", 10));
		error_release(&err);
	} else {
		ruleset_compile(&set);
		if (!ruleset_select(&set, "all", NULL, &err))
			scan_code(&set);
		error_release(&err);
	}
	ruleset_release(&set);
	return 0;
}
