"""PyTorch: pytorch.py WORK.safetensors eager|compile THREADS"""
import sys

import torch
import torch.nn.functional as functional

import work


def main():
    path, mode, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    torch.set_num_threads(threads)
    tensors = {name: torch.from_numpy(values.copy()) for name, values in work.load(path).items()}
    samples, steps, height, width = tensors["fire"].shape
    channels = tensors["start"].shape[2]
    start = tensors["start"].permute(2, 0, 1)[None].repeat(samples, 1, 1, 1).contiguous()
    target = tensors["target"].permute(2, 0, 1)[None].contiguous()
    layers = sum(name.startswith("g_w") for name in tensors)
    names = [kind + str(layer) for layer in range(1, layers + 1) for kind in "wb"]
    weights = [tensors[name].clone().requires_grad_() for name in names]
    count = len(tensors["taps"])
    filters = tensors["taps"][:, None].repeat(channels, 1, 1, 1)

    def alive(state):
        return functional.max_pool2d(state[:, 3:4], 3, 1, 1) > 0.1

    # Depthwise output stands channel by channel: W1's columns are put into that order once.
    order = torch.arange(count * channels).reshape(count, channels).T.reshape(-1)

    def step(state, fire, w1, b1, *others):
        before = alive(state)
        perception = functional.conv2d(state, filters, padding=1, groups=channels)
        update = functional.conv2d(perception, w1[:, order, None, None], b1)
        for weight, bias in zip(others[::2], others[1::2]):
            update = functional.conv2d(functional.relu(update), weight[:, :, None, None], bias)
        state = state + update * fire
        return state * (before & alive(state))

    stepping = torch.compile(step) if mode == "compile" else step

    def gradients(fires):
        for weight in weights:
            weight.grad = None
        state = start
        for number in range(steps):
            state = stepping(state, fires(number), *weights)
        loss = ((state[:, :4] - target) ** 2).mean()
        loss.backward()
        return loss

    def check():
        loss = gradients(lambda number: tensors["fire"][:, number][:, None])
        errors = {"loss": work.error(tensors["loss"], loss.detach())}
        for name, weight in zip(names, weights):
            errors[name] = work.error(tensors["g_" + name], weight.grad)
        return errors

    def train():
        gradients(lambda number: (torch.rand(samples, 1, height, width) <= 0.5).float())

    def step_alone(size):
        grown = torch.from_numpy(work.centred(tensors["start"].numpy(), size)).permute(2, 0, 1)[None].contiguous()

        def task():
            state = grown
            with torch.no_grad():
                for _ in range(work.STEPS[size]):
                    state = stepping(state, (torch.rand(1, 1, size, size) <= 0.5).float(), *weights)

        return task

    tasks = {"train": train} | {f"step {size}": step_alone(size) for size in work.STEPS}
    work.serve(f"PyTorch {torch.__version__.split('+')[0]} {mode}", check, tasks)


main()
