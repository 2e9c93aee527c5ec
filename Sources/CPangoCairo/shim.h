#pragma once
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

// PANGO_SCALE is a macro that Swift imports, but pango's unit conversion is clearer by name.
static inline int cpango_units(double points) { return pango_units_from_double(points); }

// The names of all families that are installed, for g_strfreev. pango's own list is of a type that differs between versions.
static inline char **cpango_families(void) {
    PangoFontFamily **families = NULL;
    int count = 0;
    pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
    char **names = g_new0(char *, count + 1);
    for (int place = 0; place < count; place++) names[place] = g_strdup(pango_font_family_get_name(families[place]));
    g_free(families);
    return names;
}
