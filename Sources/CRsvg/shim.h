#pragma once
#include <librsvg/rsvg.h>
#include <stdbool.h>
#include <string.h>

// Handles are void * here: GLib's types stand in other modules, too.

static inline void crsvg_keep(GError *error, char *reason, size_t count) {
    g_strlcpy(reason, error ? error->message : "librsvg does not say why", count);
    if (error) g_error_free(error);
}

// Reads a document from memory, or returns NULL and writes into `reason` why not. A document without an address of its own
// may name nothing that is not inside of it: librsvg then opens no file and no address.
static inline void *crsvg_open(const void *bytes, size_t count, char *reason, size_t reason_count) {
    GError *error = NULL;
    RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)bytes, count, &error);
    if (!handle) crsvg_keep(error, reason, reason_count);
    return handle;
}

static inline void crsvg_close(void *handle) { g_object_unref(handle); }

// Width over height, as width and height or else the viewBox have it; 0 where the document tells neither.
static inline double crsvg_ratio(void *handle) {
    gboolean has_width, has_height, has_box;
    RsvgLength width, height;
    RsvgRectangle box;
    rsvg_handle_get_intrinsic_dimensions((RsvgHandle *)handle, &has_width, &width, &has_height, &height, &has_box, &box);
    if (has_width && has_height && width.unit == height.unit && width.unit != RSVG_UNIT_PERCENT && height.length > 0)
        return width.length / height.length;
    return has_box && box.height > 0 ? box.width / box.height : 0;
}

// Draws the document over width x height premultiplied pixels as cairo has them, or writes into `reason` why not.
static inline bool crsvg_draw(void *handle, void *pixels, int width, int height, char *reason, size_t reason_count) {
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        (unsigned char *)pixels, CAIRO_FORMAT_ARGB32, width, height, width * 4);
    cairo_t *cairo = cairo_create(surface);
    RsvgRectangle all = {0, 0, width, height};
    GError *error = NULL;
    bool drawn = rsvg_handle_render_document((RsvgHandle *)handle, cairo, &all, &error);
    if (!drawn) crsvg_keep(error, reason, reason_count);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    cairo_surface_destroy(surface);
    return drawn;
}
