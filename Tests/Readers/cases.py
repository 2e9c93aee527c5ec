"""Texts that hide a special character behind its neighbours, and texts that somebody would attack with."""
import string

# Swift's characters join most of these with what stands before or behind them.
NEIGHBOURS = [
    "", "\u0301", "\u0338", "\u0600", "\u200d", "\u200c", "\ufe0f", "\u20e3", "\U0001f1e6", "\u1100", "\u1161", "\r",
    "\n", " ", '"', "\\", "<", "\U0001f3fb"]
SPECIAL = list(string.punctuation) + ["--", "''", "``", "?`", "!`", ",,", "<<", "^^", "{{", "$(", "${", "](", "*/", "é"]

ATTACKS = [
    "\u0600<img src=x onerror=alert(1)>", "</title><script>alert(1)</script>", '\u0600"><svg onload=alert(1)>',
    "' onmouseover='alert(1)", "<!--", "]]>", "&lt;&#60;&amp;", "](javascript:alert(1))", "![x](y)", "**a** _b_ `c`",
    "<https://a.example>", "{{ site.x }} {% raw %}", "\\end{figure}\\input{/etc/passwd}", "\\write18{touch pwned}",
    "^^5cinput{x}", "$x$ \\(y\\)", "a%b\nc", "\n\n\\par", "$(touch pwned)", "`touch pwned`", "';\u0301 touch pwned; '",
    "'\u0301; touch pwned", "\\", "\\\\'", "'\\'", "%s%n%1$s", "!!", "~root", "=ls", "%self", "#x", "-rf", "*", "[a]",
    "{a,b}", "a\tb", "  a  b  ", "\u3000a\u00a0", "* a *", "_a_", "1. a", "> a", "- a", "# a", "ab\u2028c\u2029d"]

# Terminals obey these, and none of them may reach one.
CONTROLS = [chr(code) for code in [*range(1, 32), *range(0x7f, 0xa0)]]
TURNING = [chr(code) for code in [0x61c, 0x200e, 0x200f, *range(0x202a, 0x202f), *range(0x2066, 0x206a)]]


def texts():
    """Every special character with every neighbour before it, behind it and on both sides; then the attacks."""
    for special in SPECIAL:
        for neighbour in NEIGHBOURS:
            yield neighbour + special
            yield special + neighbour
            yield neighbour + special + neighbour
    yield from ATTACKS


def packed(pieces):
    """All of them as one text, told apart by words in which nothing is special."""
    return "".join(f"q{index}q{piece}" for index, piece in enumerate(pieces)) + "qq"


def one_line(text):
    """As Unicode ends lines."""
    return " ".join(part for part in text.replace("\r\n", "\n").splitlines() if part)
