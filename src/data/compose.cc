// Finds the attributes of Compose's mappings.
#include "data/compose.h"

#include "data/lookup.h"
#include "data/tables.h"

namespace plimsoll::data {

const ComposeShape& compose_project() {
  return kComposeProject;
}

const ComposeFields* compose_fields(std::string_view name) {
  return find_row(kComposeFields, name, &ComposeFields::name);
}

const ComposeAttribute* find_attribute(const ComposeFields& fields, std::string_view name) {
  return find_row(fields.attributes, name, &ComposeAttribute::name);
}

}  // namespace plimsoll::data
