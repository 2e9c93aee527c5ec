"""Command lines that the program prints, as shells read them."""
import json

import cases


def quoted(text):
    """As YAML has it: JSON's escapes are YAML's."""
    return json.dumps(text)


def run(shop, results, is_long):
    words = [text for text in cases.texts() if not set(text) & set("{}$")] + cases.TURNING + ["a\u202eb", "é\u0301"]
    # Twelve words a job: two captions a step.
    jobs, group = [], []
    for start in range(0, len(words), 12):
        group = words[start:start + 12]
        steps = ",".join(str(step) for step in range(len(group)))
        captions = ", ".join(quoted(word) for word in group)
        jobs.append(f"  - figure: j{start}\n    kind: strip\n    models: m.ckpt\n    output: j{start}.svg\n"
                    f"    steps: \"{steps}\"\n    caption: [{captions}]\n")
    (shop.folder / "b.yaml").write_text("jobs:\n" + "".join(jobs).replace("figure: ", "figure: "))
    script = shop.program("batch", "b.yaml", "--dry-run").stdout.decode()
    shop.check_shown(results, "batch --dry-run", script)
    listed = shop.program("batch", "b.yaml", "--list", "--json").stdout.decode()
    shop.check_shown(results, "batch --list --json", listed)
    # Newlines stand in quotes as they are.
    commands = script.split("\ngnca-render ")[1:]
    results.add("as many commands as jobs", len(commands) == len(jobs))
    for shell in shop.shells():
        said = shop.shell_words(shell, "\n".join("gnca-render " + command for command in commands), several=True)
        found = [said[index + 1] for index, word in enumerate(said) if word == "--caption"]
        found += [word[len("--caption="):] for word in said if word.startswith("--caption=")]
        results.add(f"{shell} reads every word", sorted(found) == sorted(words))
    results.add("nothing was run", not (shop.folder / "pwned").exists())
    # What a YAML file cannot hold, the command line can.
    hostile = "".join(cases.CONTROLS) + "'\\\u202e"
    (shop.folder / "s.yaml").write_text(
        "variables: {c: x}\njobs:\n  - figure: j\n    kind: strip\n    models: m.ckpt\n    output: j.svg\n    steps: \"0\"\n"
        "    caption: \"${c}\"\n")
    script = shop.program("batch", "s.yaml", "--dry-run", "--set", f"c={hostile}").stdout.decode()
    shop.check_shown(results, "batch --dry-run --set", script)
    command = script[script.index("\ngnca-render") + 1:]
    for shell in shop.shells():
        said = shop.shell_words(shell, command)
        results.add(f"{shell} reads control characters", said[said.index("--caption") + 1] == hostile)
