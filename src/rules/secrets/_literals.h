// Finds credentials that are written out in a text: known forms, passwords in URLs, values of
// secret names.
#pragma once
#include <string>
#include <string_view>

#include "rules/rule.h"
#include "text/place.h"
#include "text/source.h"

namespace plimsoll::rules::secrets {

// What was found, in words that never hold the secret: "a GitHub token". Empty: nothing.
using Found = std::string;

// A token's known form, `user:password@` or `?token=` in a URL, a header that carries a credential,
// a line of .netrc, an npm `_authToken`. `text` is as written; what comes from a variable is none.
Found credential_in(std::string_view text);

// `NAME=value` with a credential's name and a literal value; the text may be quoted as a whole.
Found assigned_in(std::string_view text);

// Is this value of a credential-shaped name written out, and not just empty, a flag or a variable?
bool is_literal(std::string_view value);

// A word that stands in for a secret where a build step only wants some value: `SECRET_KEY=dummy
// ./manage.py …`.
bool is_stand_in(std::string_view value);

// Would hadolint's DL3064 speak of the name? It looks at nothing else.
bool hadolint_speaks(std::string_view name);

// The name at the start of `KEY=value`; all of the place if it doesn't start with the name.
text::Place at_name(const text::Source& source, text::Place where, std::string_view name);

// What stands behind the name in `KEY=value` or `KEY value`; empty if the place doesn't start with
// the name.
text::Span value_span(const text::Source& source, text::Span where, std::string_view name);

}  // namespace plimsoll::rules::secrets
