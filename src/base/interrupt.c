/* SPDX-License-Identifier: MIT
 *
 * The handler sets a flag and takes itself away.
 */
#include "base/interrupt.h"

#include <signal.h>
#include <stdatomic.h>

static atomic_bool pending;

static void note_signal(int number)
{
	(void)number;
	atomic_store(&pending, true);
}

void interrupt_watch(void)
{
	struct sigaction action = { .sa_handler = note_signal, .sa_flags = (int)SA_RESETHAND | SA_RESTART };
	struct sigaction old;

	/* Who ignores it for us (nohup, a job in the background of a script) goes on to; the second one stays the last. */
	if (interrupted() || sigaction(SIGINT, NULL, &old) < 0 || old.sa_handler != SIG_DFL)
		return;
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
}

void interrupt_note(void)
{
	struct sigaction action = { .sa_handler = note_signal, .sa_flags = SA_RESTART };

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
}

bool interrupted(void)
{
	return atomic_load_explicit(&pending, memory_order_relaxed);
}
