#pragma once
#include <stddef.h>
#include <stdint.h>

// The per-cell arithmetic of the automaton.
//
// Letters: H rows, W cells a row, C channels, N hidden units. A state is [H][W][C]; a cell's index is y * W + x.
// A mask holds one bit a cell: [H][words], bit x % 64 of word x / 64, bits beyond W always 0. So the bookkeeping of a
// step over a whole grid reads 32 KB for 512 x 512 cells.

/// The shape of a grid, and what lies around it.
typedef struct {
    int32_t height;
    int32_t width;
    int32_t channels;
    /// 64-bit words in a row of a mask: (width + 63) / 64.
    int32_t words;
    /// 0 = nothing (zero) lies outside, 1 = the opposite edge.
    int32_t torus;
    /// The window: functions on masks read and write rows first_row ..< end_row only, and take all others for empty.
    /// So the cost of a step follows the pattern's rows, not the grid's.
    int32_t first_row;
    int32_t end_row;
} ck_grid;

/// How perception's gradients are turned and scaled: x' = cosine * x - sine * y, y' = sine * x + cosine * y on the
/// integer Sobel filters, so both numbers carry the Sobel scale.
typedef struct {
    float cosine;
    float sine;
} ck_turn;

// MARK: the two dense layers

/// Both layers, copied into the order in which the kernels read them.
typedef struct ck_layers ck_layers;

/// w1 [N][3C], b1 [N], w2 [C][N], b2 [C] or NULL for zeros. NULL where memory is short.
ck_layers *ck_layers_create(int32_t channels, int32_t hidden, const float *w1, const float *b1, const float *w2,
                            const float *b2);
void ck_layers_free(ck_layers *layers);
/// Replaces the first layer's biases; `count`: N.
void ck_layers_set_bias(ck_layers *layers, const float *b1, size_t count);

/// Floats of scratch memory that one call of `update` needs.
size_t ck_layers_scratch(const ck_layers *layers);
/// Floats of scratch memory that one call of `backward` needs.
size_t ck_layers_backward_scratch(const ck_layers *layers);
/// Hidden units including those added to fill the last block: the length of a row of `hidden`.
size_t ck_layers_hidden(const ck_layers *layers);

/// Rows that kernels may read or write beyond the last one of `hidden` and `gradient`.
enum { CK_ROWS = 8 };
/// Operations in a round of ck_kernels.multiply_adds.
enum { CK_PEAK_OPERATIONS = 2 * 16 * 12 };

/// Gradients of the weights, summed over cells and steps, in memory of their own. N as `ck_layers_hidden` counts.
typedef struct {
    /// Floats of all four together; `w1` is where they begin.
    size_t count;
    float *w1;  ///< [N][3C]
    float *b1;  ///< [N]
    float *w2;  ///< [N][C]: transposed
    float *b2;  ///< [C]
} ck_sums;

/// Zeros of these layers' shapes. NULL where memory is short.
ck_sums *ck_sums_create(const ck_layers *layers);
void ck_sums_free(ck_sums *sums);
void ck_sums_clear(ck_sums *sums);
/// `sums` += `other`, which has the same shapes.
void ck_sums_add(ck_sums *sums, const ck_sums *other);

// MARK: any number of filters and layers

/// Channels that a rule may have.
enum { CK_CHANNELS = 512 };

/// What a layer does to its sums; `low` and `high` are the slope below 0 of CK_LEAKY_RELU (low), the limits of CK_CLAMP.
enum { CK_NONE, CK_RELU, CK_LEAKY_RELU, CK_TANH, CK_SIGMOID, CK_GELU, CK_ELU, CK_ABS, CK_CLAMP };

typedef struct {
    int32_t inputs;
    int32_t outputs;
    const float *weights;  ///< [outputs][inputs]
    const float *bias;     ///< [outputs], or NULL for zeros
    int32_t activation;
    float low;
    float high;
} ck_layer;

/// K filters of 3 x 3, one set a channel.
typedef struct {
    int32_t count;
    /// 1 where `infer_back` sums their gradients.
    int32_t learn;
    const float *values;   ///< [K][9][C], taps row by row from the top left
    const uint32_t *taps;  ///< [K], bit i = tap i is not 0 in every channel
} ck_filters;

/// Layers copied into the order in which the kernels read them: new value = clamp(value + gain * layers(perception)).
typedef struct ck_network ck_network;

/// `layers` [count]: the first one has K * C inputs, the last C outputs. Channels 0 ..< clamped are held within
/// low...high. NULL where memory is short.
ck_network *ck_network_create(int32_t channels, int32_t filters, const ck_layer *layers, int32_t count, float gain,
                              int32_t clamped, float low, float high);
void ck_network_free(ck_network *network);
/// Replaces the first layer's biases; `count`: its outputs.
void ck_network_set_bias(ck_network *network, const float *bias, size_t count);
/// Floats of scratch memory that a call of `infer` or `infer_back` needs, and floats a cell that `infer` keeps.
size_t ck_network_scratch(const ck_network *network);
size_t ck_network_backward_scratch(const ck_network *network);
size_t ck_network_kept(const ck_network *network);

/// Where a layer's gradients stand among the sums: weights [outputs][row], biases [outputs].
typedef struct {
    size_t weights;
    size_t bias;
    size_t row;
} ck_layer_sums;

ck_layer_sums ck_network_sums(const ck_network *network, int32_t layer);
/// Where the filters' stand, [K][9][C].
size_t ck_network_filter_sums(const ck_network *network);
/// Floats of all sums; memory for them begins on a cache line.
size_t ck_network_sum_count(const ck_network *network);

// MARK: decoding cells into pixels

/// A network that colours s x s pixels of a cell: its first layer adds what the state gives, which is interpolated between
/// cells, to what the place in the cell gives; relu follows every layer but the last, whose 4 outputs are added to the
/// picture's channels, interpolated in the same way.
typedef struct ck_decoder ck_decoder;

/// What a pixel is interpolated from: 4 of the 9 cells around it (index row by row from the top left), and their shares.
typedef struct {
    int32_t cells[4];
    float shares[4];
} ck_blend;

/// `picture` [4]: the channels of red, green, blue and alpha. `blends` [s * s], pixels row by row. `places` [s * s][H]: what
/// the place gives the first layer, its bias included. `layers` [count], 2 at least: the first has C inputs, H outputs and no
/// bias, the last 4 outputs. NULL where memory is short.
ck_decoder *ck_decoder_create(int32_t scale, const int32_t *picture, const ck_blend *blends, const float *places,
                              const ck_layer *layers, int32_t count);
void ck_decoder_free(ck_decoder *decoder);
/// Floats of scratch memory that a call of `decode` or `decode_back` needs, and the length of a row of `first`.
size_t ck_decoder_scratch(const ck_decoder *decoder);
size_t ck_decoder_stride(const ck_decoder *decoder);
/// Where a layer's gradients stand among the sums; the first one's "biases" are those of the places, [s * s][H].
ck_layer_sums ck_decoder_sums(const ck_decoder *decoder, int32_t layer);
/// Floats of all sums; memory for them begins on a cache line.
size_t ck_decoder_sum_count(const ck_decoder *decoder);

// MARK: kernels, one set for each instruction set

/// Every function accumulates in the same order in every set. Those that fuse multiply and add (x86-64-v3, x86-64-v4,
/// arm64) agree bit for bit; the x86-64 baseline rounds twice and differs in the last digits.
typedef struct {
    /// "x86-64-v4", "x86-64-v3", "baseline".
    const char *name;
    /// 1 where a * b + c is rounded once.
    int32_t fuses;
    /// perceive, relu(W1 p + b1), W2 h + b2, added to the cell: the new values of `count` cells, [count][C].
    /// Channels are computed 16 at a time; a number that is no multiple costs as much as the next one that is.
    /// Returns 1 where all new values are finite, else 0.
    /// Where `hidden` is not NULL it gets the hidden layer after relu, [count][ck_layers_hidden]; up to CK_ROWS more
    /// rows are written after it.
    int (*update)(const ck_layers *layers, const ck_grid *grid, ck_turn turn, const float *state, const uint32_t *cells,
                  size_t count, float *scratch, float *hidden, float *next);
    /// Perception of `count` cells, [count][3C], filter-major: identity, x-gradients, y-gradients.
    void (*perceive)(const ck_grid *grid, ck_turn turn, const float *state, const uint32_t *cells, size_t count,
                     float *perception);
    /// `fired` = the cells of `where` that draw a number below `limit`: (pcg4d(x, y, key0, key1).x >> 8) < limit.
    /// docs/random-numbers.md describes the numbers. `fired` may be `where`.
    void (*fire)(const ck_grid *grid, uint32_t key0, uint32_t key1, uint32_t limit, const uint64_t *where,
                 uint64_t *fired);
    /// The transpose of `update`, for a number of channels that is a multiple of 16. `state` and `hidden` are what
    /// `update` read and wrote, `gradient` [count][C] the loss's gradient with respect to the new values (CK_ROWS more
    /// rows must be readable after both). Adds to `sums` what the weights get, and to `state_gradient` [H][W][C] what
    /// perception hands on; the part that goes straight through (new value = value + update) is the caller's.
    void (*backward)(const ck_layers *layers, const ck_grid *grid, ck_turn turn, const float *state,
                     const uint32_t *cells, size_t count, const float *hidden, const float *gradient, float *scratch,
                     const ck_sums *sums, float *state_gradient);
    /// Perception of `count` cells, [count][K][C].
    void (*filter)(const ck_filters *filters, const ck_grid *grid, const float *state, const uint32_t *cells,
                   size_t count, float *perception);
    /// As `update` for any network. Cells perceive `perceived` [H][W][C], which is `state` but for what a control vector
    /// adds. Where `kept` is not NULL it gets every layer's sums, [count][ck_network_kept].
    int (*infer)(const ck_network *network, const ck_filters *filters, const ck_grid *grid, const float *state,
                 const float *perceived, const uint32_t *cells, size_t count, float *scratch, float *kept, float *next);
    /// The transpose of `infer`, as `backward`. Where a clamp cut a channel off, that channel becomes 0 in `gradient`
    /// and, for the cell itself, in `own_gradient` [H][W][C]. `state_gradient`, which may be `own_gradient`, gets what
    /// perception hands on.
    void (*infer_back)(const ck_network *network, const ck_filters *filters, const ck_grid *grid, const float *state,
                       const float *perceived, const uint32_t *cells, size_t count, const float *kept, float *gradient,
                       float *scratch, float *sums, float *own_gradient, float *state_gradient);
    /// The pixels of `count` cells in `picture` [H s][W s][4]; all others stay. `rows` [H * W]: a cell's place among `cells`,
    /// or `count` where it is not among them and counts as empty. `first` [count + CK_ROWS + 1][ck_decoder_stride] is written.
    void (*decode)(const ck_decoder *decoder, const ck_grid *grid, const float *state, const uint32_t *cells,
                   size_t count, const uint32_t *rows, float *first, float *scratch, float *picture);
    /// The transpose of `decode`, after it: `first` holds what it wrote, `first_gradient` (of the same size) is written, and
    /// `picture_gradient` is what `picture` was. Adds to `sums` and to `state_gradient` [H][W][C].
    void (*decode_back)(const ck_decoder *decoder, const ck_grid *grid, const float *state, const uint32_t *cells,
                        size_t count, const uint32_t *rows, const float *first, float *first_gradient, float *scratch,
                        const float *picture_gradient, float *sums, float *state_gradient);
    /// `product` [rows][columns] = `a` [rows][inner] `b` [inner][columns]; rows and columns are multiples of 16.
    void (*multiply)(const float *a, const float *b, int32_t rows, int32_t inner, int32_t columns, float *product);
    /// `rounds` * CK_PEAK_OPERATIONS floating-point operations in registers alone: what the CPU can do at most.
    float (*multiply_adds)(size_t rounds);
} ck_kernels;

/// The sets that run on this CPU, fastest first; NULL past the last one.
const ck_kernels *ck_kernels_at(size_t index);

/// What a thread does between two looks at something that it waits for: the core's other thread runs meanwhile.
static inline void ck_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

// MARK: masks

/// Narrows the window to the rows of `occupied`, which lies within it, and 2 more on either side: nothing spreads
/// farther in one step.
void ck_grid_focus(ck_grid *grid, const uint64_t *occupied);
/// `mature` = the channel of life above the threshold, `occupied` = anything but zero in the cell. NaN is not above
/// anything, and is not zero. All rows, whatever the window.
void ck_mask_scan(const ck_grid *grid, const float *state, int32_t channel, float threshold, uint64_t *mature,
                  uint64_t *occupied);
/// `out` = the cells with one of `in` among their 3 x 3 neighbours (a maximum filter). `out` must not be `in`.
void ck_mask_dilate(const ck_grid *grid, const uint64_t *in, uint64_t *out);
/// Every cell of the grid.
void ck_mask_fill(const ck_grid *grid, uint64_t *out);
void ck_mask_copy(const ck_grid *grid, const uint64_t *in, uint64_t *out);
/// `out` = `out` and `other`.
void ck_mask_and(const ck_grid *grid, const uint64_t *other, uint64_t *out);
/// `out` = `a` without `b`. Returns 0 where nothing is left.
int ck_mask_without(const ck_grid *grid, const uint64_t *a, const uint64_t *b, uint64_t *out);
/// `out` = the cells of `where` whose byte in `bytes` [H * W] is not 0. `out` may be `where`.
void ck_mask_from_bytes(const ck_grid *grid, const uint8_t *bytes, const uint64_t *where, uint64_t *out);
/// `bytes` [H * W] = 1 for the cells of `mask`, else 0 (they must be all 0 outside the window before).
void ck_mask_to_bytes(const ck_grid *grid, const uint64_t *mask, uint8_t *bytes);
/// The indexes of the cells of `mask` in ascending order. Returns how many.
size_t ck_mask_list(const ck_grid *grid, const uint64_t *mask, uint32_t *cells);

// MARK: going back through time

/// Before `ck_apply`: the indexes of the cells that it will change and their values [returned count][C], first those
/// that are cleared, then the listed cells that are kept. Returns how many.
size_t ck_changes(const ck_grid *grid, const uint32_t *cells, size_t count, const uint64_t *keep, const float *state,
                  const uint64_t *occupied, uint32_t *changed, float *values);
/// The rows of `values` [H * W][C] that `cells` lists, below each other in `rows`.
void ck_take(const float *values, int32_t channels, const uint32_t *cells, size_t count, float *rows);
/// The reverse: `rows` go to the cells.
void ck_put(const float *rows, int32_t channels, const uint32_t *cells, size_t count, float *values);
/// Every cell of `occupied` that is not in `keep` becomes zero in `values` [H * W][C], and leaves `occupied`.
void ck_clear(const ck_grid *grid, const uint64_t *keep, float *values, uint64_t *occupied);

// MARK: applying an update

/// In `mature`, the bits of the listed cells become "the channel of the cell's new values is above the threshold".
void ck_mark_mature(const ck_grid *grid, const uint32_t *cells, size_t count, const float *next, int32_t channel,
                    float threshold, uint64_t *mature);
/// Ends a step: the listed cells that are in `keep` take their new values, every other cell that is occupied and not in
/// `keep` becomes zero. `occupied` follows. Where `lengths` [H * W] is not NULL, it gets the Euclidean length of the
/// change of every cell; it must be all zero before.
void ck_apply(const ck_grid *grid, const uint32_t *cells, size_t count, const float *next, const uint64_t *keep,
              float *state, uint64_t *occupied, float *lengths);
