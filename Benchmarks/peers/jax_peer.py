"""JAX: jax_peer.py WORK.safetensors"""
import sys

import jax
import jax.numpy as jnp
import numpy as np

import work


def main():
    tensors = {name: jnp.asarray(values) for name, values in work.load(sys.argv[1]).items()}
    samples, steps, height, width = tensors["fire"].shape
    channels = tensors["start"].shape[2]
    start = jnp.repeat(tensors["start"][None], samples, 0)
    target = tensors["target"][None]
    names = ["w1", "b1", "w2", "b2"]
    weights = {name: tensors[name] for name in names}
    sobel = jnp.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 8
    identity = jnp.zeros((3, 3)).at[1, 1].set(1)
    filters = jnp.tile(jnp.stack([identity, sobel, sobel.T], -1)[:, :, None], (1, 1, 1, channels))
    order = jnp.arange(3 * channels).reshape(3, channels).T.reshape(-1)

    def alive(state):
        return jax.lax.reduce_window(
            state[..., 3:4], -jnp.inf, jax.lax.max, (1, 3, 3, 1), (1, 1, 1, 1), "SAME") > 0.1

    def step(weights, state, fire):
        before = alive(state)
        perception = jax.lax.conv_general_dilated(
            state, filters, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"), feature_group_count=channels)
        hidden = jax.nn.relu(perception @ weights["w1"][:, order].T + weights["b1"])
        state = state + (hidden @ weights["w2"].T + weights["b2"]) * fire[..., None]
        return state * (before & alive(state))

    def loss_of(weights, fires):
        state, _ = jax.lax.scan(lambda state, fire: (step(weights, state, fire), None), start, fires)
        return ((state[..., :4] - target) ** 2).mean()

    gradients = jax.jit(jax.value_and_grad(loss_of))

    def fires(key, *shape):
        return jax.random.bernoulli(key, 0.5, shape).astype(jnp.float32)

    @jax.jit
    def trained(weights, key):
        return jax.value_and_grad(loss_of)(weights, fires(key, steps, samples, height, width))

    def stepped(size):
        def steps_alone(weights, state, key):
            return jax.lax.scan(
                lambda state, fire: (step(weights, state, fire), None), state,
                fires(key, work.STEPS[size], 1, size, size))[0]

        return jax.jit(steps_alone)

    def check():
        loss, found = gradients(weights, jnp.swapaxes(tensors["fire"], 0, 1))
        errors = {"loss": work.error(tensors["loss"], loss)}
        for name in names:
            errors[name] = work.error(tensors["g_" + name], found[name])
        return errors

    keys = iter(jax.random.split(jax.random.PRNGKey(0), 100_000))

    def step_alone(size):
        grown = jnp.asarray(work.centred(np.asarray(tensors["start"]), size))[None]
        run = stepped(size)
        return lambda: jax.block_until_ready(run(weights, grown, next(keys)))

    tasks = {"train": lambda: jax.block_until_ready(trained(weights, next(keys)))}
    tasks |= {f"step {size}": step_alone(size) for size in work.STEPS}
    work.serve(f"JAX {jax.__version__}", check, tasks)


main()
