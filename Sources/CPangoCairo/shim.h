#pragma once
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

// PANGO_SCALE is a macro that Swift imports, but pango's unit conversion is clearer by name.
static inline int cpango_units(double points) { return pango_units_from_double(points); }
