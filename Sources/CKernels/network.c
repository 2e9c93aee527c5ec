#include "network.h"
#include <stdlib.h>
#include <string.h>

float *ck_zeros(size_t count) {
    void *memory = NULL;
    size_t bytes = (count ? count : 1) * sizeof(float);
    if (posix_memalign(&memory, 64, bytes)) return NULL;
    memset(memory, 0, bytes);
    return memory;
}

int ck_dense_fill(ck_dense *dense, const ck_layer *layer) {
    int32_t inputs = layer->inputs, outputs = layer->outputs;
    *dense = (ck_dense){.inputs = inputs, .outputs = outputs, .padded_inputs = ck_vectors(inputs),
                        .padded_outputs = ck_vectors(outputs), .activation = layer->activation, .low = layer->low,
                        .high = layer->high};
    dense->weights = ck_zeros((size_t)dense->padded_outputs * (size_t)inputs);
    dense->bias = ck_zeros((size_t)dense->padded_outputs);
    dense->rows = ck_zeros((size_t)outputs * (size_t)dense->padded_inputs);
    if (!dense->weights || !dense->bias || !dense->rows) return 0;
    for (int32_t n = 0; n < outputs; n++) {
        const float *row = layer->weights + (size_t)n * (size_t)inputs;
        float *block = dense->weights + (size_t)(n / 16) * (size_t)inputs * 16 + n % 16;
        for (int32_t k = 0; k < inputs; k++) block[k * 16] = row[k];
        memcpy(dense->rows + (size_t)n * (size_t)dense->padded_inputs, row, (size_t)inputs * sizeof *row);
    }
    if (layer->bias) memcpy(dense->bias, layer->bias, (size_t)outputs * sizeof(float));
    return 1;
}

void ck_dense_clear(ck_dense *dense) {
    free(dense->weights);
    free(dense->bias);
    free(dense->rows);
}

ck_network *ck_network_create(int32_t channels, int32_t filters, const ck_layer *layers, int32_t count, float gain,
                              int32_t clamped, float low, float high) {
    ck_network *network = calloc(1, sizeof *network + (size_t)count * sizeof(ck_dense));
    if (!network) return NULL;
    network->channels = channels;
    network->filters = filters;
    network->clamped = clamped;
    network->gain = gain;
    network->low = low;
    network->high = high;
    network->widest = ck_vectors(filters * channels);
    network->weight_sums = calloc((size_t)count, sizeof(size_t));
    network->bias_sums = calloc((size_t)count, sizeof(size_t));
    if (!network->weight_sums || !network->bias_sums) {
        ck_network_free(network);
        return NULL;
    }
    for (int32_t i = 0; i < count; i++) {
        network->layers = i + 1;
        ck_dense *dense = &network->dense[i];
        if (!ck_dense_fill(dense, &layers[i])) {
            ck_network_free(network);
            return NULL;
        }
        if (dense->padded_outputs > network->widest) network->widest = dense->padded_outputs;
        network->kept += dense->padded_outputs;
        network->weight_sums[i] = network->sum_count;
        network->sum_count += (size_t)dense->outputs * (size_t)dense->padded_inputs;
        network->bias_sums[i] = network->sum_count;
        network->sum_count += (size_t)dense->padded_outputs;
    }
    network->filter_sums = network->sum_count;
    network->sum_count += (size_t)ck_vectors(filters * 9 * channels);
    return network;
}

void ck_network_free(ck_network *network) {
    for (int32_t i = 0; i < network->layers; i++) ck_dense_clear(&network->dense[i]);
    free(network->weight_sums);
    free(network->bias_sums);
    free(network);
}

void ck_network_set_bias(ck_network *network, const float *bias, size_t count) {
    memcpy(network->dense[0].bias, bias, count * sizeof(float));
}

size_t ck_network_kept(const ck_network *network) { return (size_t)network->kept; }

size_t ck_network_scratch(const ck_network *network) {
    return CK_ROWS * 2 * (size_t)network->widest + 16;
}

size_t ck_network_backward_scratch(const ck_network *network) {
    // Perception, what each layer but the last hands on, and two gradients.
    size_t perception = (size_t)network->dense[0].padded_inputs;
    return CK_TILE * (perception + (size_t)network->kept + 2 * (size_t)network->widest) + 16;
}

ck_layer_sums ck_network_sums(const ck_network *network, int32_t layer) {
    return (ck_layer_sums){.weights = network->weight_sums[layer], .bias = network->bias_sums[layer],
                           .row = (size_t)network->dense[layer].padded_inputs};
}

size_t ck_network_filter_sums(const ck_network *network) { return network->filter_sums; }
size_t ck_network_sum_count(const ck_network *network) { return network->sum_count; }
