/* SPDX-License-Identifier: MIT
 *
 * The pager is a child at the other end of a pipe. At the end of the program
 * there is nobody to hand its state to: it is one more global.
 */
#include "cli/pager.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/interrupt.h"
#include "cli/options.h"
#include "git/pager.h"

extern char **environ;

static struct {
	pid_t pid;
	int terminal; /* what standard error was; -1: it is that still */
	bool asked;   /* whether there is to be one */
} running;

/* The pipe ends for the pager, which goes when it has shown all or its user has seen enough. main has closed the stream. */
static void finish(void)
{
	close(STDOUT_FILENO);
	if (running.terminal >= 0)
		dup2(running.terminal, STDERR_FILENO);
	while (waitpid(running.pid, NULL, 0) < 0 && errno == EINTR)
		;
}

/* As git: what less and lv need for colours, and not to wait where all fits on the screen. */
static char **environment(void)
{
	static const char *const additions[][2] = { { "LESS", "LESS=FRX" }, { "LV", "LV=-c" } };
	char **variables;
	size_t nr = 0;

	while (environ[nr])
		nr++;
	variables = xcalloc(nr + ARRAY_SIZE(additions) + 1, sizeof(*variables));
	memcpy(variables, environ, nr * sizeof(*variables));
	for (size_t i = 0; i < ARRAY_SIZE(additions); i++)
		if (!getenv(additions[i][0]))
			variables[nr++] = (char *)additions[i][1];
	return variables;
}

/* A single word is run without a shell, so that it shows if there is no such program. */
static int spawn(char *command, int input)
{
	bool word = !command[strcspn(command, "|&;<>()$`\\\"' \t\n*?[#~=%")];
	char *const shell[] = { "sh", "-c", command, NULL }, *const plain[] = { command, NULL };
	char **variables = environment();
	posix_spawn_file_actions_t actions;
	int failed;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	failed = posix_spawnp(&running.pid, word ? command : "sh", &actions, NULL, word ? plain : shell, variables);
	posix_spawn_file_actions_destroy(&actions);
	free(variables);
	return failed ? -1 : 0;
}

static void redirect(int output)
{
	fflush(stdout);
	running.terminal = isatty(STDERR_FILENO) ? fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3) : -1;
	dup2(output, STDOUT_FILENO);
	if (running.terminal >= 0)
		dup2(output, STDERR_FILENO);
}

void pager_start(const struct options *options)
{
	char *command = NULL;
	int ends[2];

	if (running.asked)
		return;
	running.asked = true;
	if (options->pager == COLOR_NEVER || !isatty(STDOUT_FILENO) || !report_on_terminal(stdout))
		return;
	command = git_pager("pager.asyncgrep", options->pager == COLOR_ALWAYS);
	if (command && pipe2(ends, O_CLOEXEC) == 0) {
		if (spawn(command, ends[0]) == 0) {
			interrupt_note();
			redirect(ends[1]);
			atexit(finish);
		}
		close(ends[0]);
		close(ends[1]);
	}
	free(command);
}
