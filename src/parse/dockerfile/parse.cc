#include "parse/dockerfile/parse.h"
