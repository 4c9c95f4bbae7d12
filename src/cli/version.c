/* SPDX-License-Identifier: MIT
 *
 * --version.
 */
#include "cli/version.h"

#include <jansson.h>

#include "git/version.h"
#include "rule/regex.h"
#include "rule/yaml.h"

void version_print(struct strbuf *out)
{
	char git[32];

	strbuf_addf(out, "asyncgrep %s\n", ASYNCGREP_VERSION);
	strbuf_addf(out, "PCRE2 %s, libgit2 %s, libyaml %s, jansson %s\n", regex_library_version(),
		    git_version(git, sizeof(git)), yaml_library_version(), jansson_version_str());
}
