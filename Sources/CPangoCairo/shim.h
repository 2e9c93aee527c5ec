#pragma once
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

// PANGO_SCALE is a macro that Swift imports, but pango's unit conversion is clearer by name.
static inline int cpango_units(double points) { return pango_units_from_double(points); }

// Whether cairo could open the font of every piece of a layout. Where it could not, pango draws boxes and says so to nobody.
static inline int cpango_fonts_are_open(PangoLayout *layout) {
    int all = 1;
    PangoLayoutIter *pieces = pango_layout_get_iter(layout);
    do {
        PangoLayoutRun *run = pango_layout_iter_get_run_readonly(pieces);
        if (!run) continue;
        cairo_scaled_font_t *font = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(run->item->analysis.font));
        if (!font || cairo_scaled_font_status(font) != CAIRO_STATUS_SUCCESS) all = 0;
    } while (pango_layout_iter_next_run(pieces));
    pango_layout_iter_free(pieces);
    return all;
}

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
