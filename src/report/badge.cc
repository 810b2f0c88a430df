// The grade is drawn beside the program's name; its colour goes from green to red.
#include "report/badge.h"

#include "base/concat.h"
#include "engine/checklist/grade.h"

namespace plimsoll::report {

static std::string_view colour_of(char letter) {
  switch (letter) {
    case 'A':
      return "#1a7f37";
    case 'B':
      return "#4d7c0f";
    case 'C':
      return "#8a6d00";
    case 'D':
      return "#b35900";
    case 'E':
    case 'F':
      return "#b42318";
    default:
      return "#57606a";
  }
}

void write_badge(const engine::Verdict& verdict, Output& output) {
  const engine::Grade grade = engine::worst_grade(verdict.checklist);
  const std::string text = grade.text();
  output.write(concat(
      {"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"20\" role=\"img\" "
       "aria-label=\"plimsoll: ",
       text, "\">\n<title>plimsoll: ", text,
       "</title>\n<rect width=\"96\" height=\"20\" rx=\"4\" fill=\"#30363d\"/>\n"
       "<path d=\"M64 0h28a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H64z\" fill=\"",
       colour_of(grade.letter),
       "\"/>\n<g fill=\"#fff\" font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\" "
       "text-anchor=\"middle\">\n<text x=\"32\" y=\"14\">plimsoll</text>\n"
       "<text x=\"80\" y=\"14\" font-weight=\"bold\">",
       text, "</text>\n</g>\n</svg>\n"}));
}

}  // namespace plimsoll::report
