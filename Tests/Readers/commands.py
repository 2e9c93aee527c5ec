"""Command lines that the program prints, as shells read them."""
import json
import re

import cases


def quoted(text):
    """As YAML has it: JSON's escapes are YAML's, but for halves of pairs, and more characters end its lines."""
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def run(shop, results, is_long):
    words = [text for text in cases.texts() if not set(text) & set("{}")] + cases.TURNING + ["a\u202eb", "é\u0301"]
    jobs = []
    for start in range(0, len(words), 60):
        captions = ", ".join(quoted(word) for word in words[start:start + 60])
        jobs.append(f"- figure: j{start}\n  kind: strip\n  models: m.ckpt\n  output: j{start}.svg\n  caption: [{captions}]\n")
    (shop.folder / "b.yaml").write_text("jobs:\n" + "".join(jobs))
    script = shop.program("batch", "b.yaml", "--dry-run").stdout.decode()
    shop.check_shown(results, "batch --dry-run", script)
    listed = shop.program("batch", "b.yaml", "--list", "--json").stdout.decode()
    shop.check_shown(results, "batch --list --json", listed)
    command = script[script.index("\ngnca-render") + 1:]
    for shell in shop.shells():
        said = shop.shell_words(shell, command)
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
