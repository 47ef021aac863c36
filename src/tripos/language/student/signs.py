"""Signs: what a sign, a command of LaTeX or a word stands for, whichever way it is written. Tables, nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from tripos.language.notation import GREEK
from tripos.language.tree import Relation

# Everything that means the same is spelt the same: `×` is only ever a cross, `·` only ever a dot.
SIGNS: Mapping[str, str] = {
    **{sign: sign for sign in "+-*/^_=<>()[]{}|,;:&'%"},
    **dict.fromkeys("−–—‐‑‒﹣－", "-"),
    "＋": "+",
    **dict.fromkeys("∗＊", "*"),
    **dict.fromkeys("×✕✖⨯", "×"),
    **dict.fromkeys("·⋅∙•・‧", "·"),
    **dict.fromkeys(("⊙", "∘", "⨀", ".*"), "⊙"),
    **dict.fromkeys("÷∕⁄／", "/"),
    **dict.fromkeys(("**", "ˆ", "＾"), "^"),
    "＿": "_",
    **dict.fromkeys(("==", ":=", "＝"), "="),
    **dict.fromkeys("≈≃≅", "≈"),
    **dict.fromkeys(("≤", "⩽", "=<", "≦"), "<="),
    **dict.fromkeys(("≥", "⩾", "≧"), ">="),
    **dict.fromkeys(("≠", "<>"), "!="),
    "<=": "<=",
    ">=": ">=",
    "!=": "!=",
    "＜": "<",
    "＞": ">",
    **dict.fromkeys(("->", "-->", "→", "⟶", "=>", "⇒", "↦"), "->"),
    "∈": "∈",
    "（": "(",
    "）": ")",
    "［": "[",
    "］": "]",
    "｛": "{",
    "｝": "}",
    "\\{": "\\{",
    "\\}": "\\}",
    **dict.fromkeys("∣｜", "|"),
    **dict.fromkeys(("‖", "∥", "\\|"), "‖"),
    **{sign: sign for sign in "⌊⌋⌈⌉"},
    "，": ",",
    "；": ";",
    "：": ":",
    "\\&": "&",
    "\\%": "%",
    "％": "%",
    "\\_": "_",
    **dict.fromkeys("′’ʹ´", "'"),
    **dict.fromkeys("⊤⊺", "⊤"),
    **{sign: sign for sign in "∂∇√∛∜∪…ℝ±"},
    **dict.fromkeys(("...", ".."), "…"),
    **dict.fromkeys("∑⅀", "∑"),
    "∏": "∏",
}

# Signs that stand for a word, or for a name.
WORDS: Mapping[str, str] = {
    "∞": "∞",
    "∧": "and",
    "&&": "and",
    "∨": "or",
    "¬": "not",
    "∅": "∅",
    "∆": "Δ",
}

COMMAND_SIGNS: Mapping[str, str] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac", "nicefrac"), "\\frac"),
    "sqrt": "√",
    "sum": "∑",
    "prod": "∏",
    **dict.fromkeys(("cdot", "cdotp", "bullet"), "·"),
    "times": "×",
    **dict.fromkeys(("ast", "star"), "*"),
    **dict.fromkeys(("odot", "circ"), "⊙"),
    **dict.fromkeys(("div", "slash"), "/"),
    **dict.fromkeys(("le", "leq", "leqslant", "leqq"), "<="),
    **dict.fromkeys(("ge", "geq", "geqslant", "geqq"), ">="),
    **dict.fromkeys(("ne", "neq"), "!="),
    **dict.fromkeys(("approx", "simeq", "cong"), "≈"),
    "lt": "<",
    "gt": ">",
    **dict.fromkeys(("pm", "mp"), "±"),
    **dict.fromkeys(("to", "rightarrow", "longrightarrow", "mapsto", "Rightarrow"), "->"),
    "in": "∈",
    **dict.fromkeys(("lbrace", "lbraces"), "\\{"),
    **dict.fromkeys(("rbrace", "rbraces"), "\\}"),
    "lbrack": "[",
    "rbrack": "]",
    **dict.fromkeys(("lvert", "rvert", "vert", "mid"), "|"),
    **dict.fromkeys(("lVert", "rVert", "Vert", "parallel"), "‖"),
    "lfloor": "⌊",
    "rfloor": "⌋",
    "lceil": "⌈",
    "rceil": "⌉",
    **dict.fromkeys(("top", "intercal", "transpose"), "⊤"),
    "prime": "'",
    "partial": "∂",
    "nabla": "∇",
    "cup": "∪",
    **dict.fromkeys(("dots", "ldots", "cdots"), "…"),
    "colon": ":",
    "lparen": "(",
    "rparen": ")",
}

COMMAND_WORDS: Mapping[str, str] = {
    **GREEK,
    **{f"var{name}": GREEK[name] for name in ("epsilon", "theta", "pi", "rho", "sigma", "phi")},
    "infty": "∞",
    **dict.fromkeys(("emptyset", "varnothing"), "∅"),
    **dict.fromkeys(("land", "wedge"), "and"),
    **dict.fromkeys(("lor", "vee"), "or"),
    **dict.fromkeys(("neg", "lnot"), "not"),
    "ell": "l",
    **{word: word for word in ("log", "ln", "exp", "lg", "max", "min", "tanh", "e", "sgn", "if")},
}

# Commands that only say how something looks.
SILENT = frozenset(
    {
        *("left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "bigm", "Bigl", "Bigr", "Bigm"),
        *("biggl", "biggr", "Biggl", "Biggr", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits"),
        *("quad", "qquad", "thinspace", "enspace", "substack", "mathop", "mathrel", "mathbin", "mathopen", "mathclose"),
        *("text", "textrm", "textbf", "textit", "textnormal", "mathrm", "mathbf", "mathit", "mathsf", "mathtt"),
        *("mathcal", "mathbb", "mathfrak", "mathscr", "boldsymbol", "bm", "pmb", "operatorname", "mbox", "rm", "bf"),
        *("it", "vec", "underline", "boxed", "ensuremath"),
    }
)

ACCENTS: Mapping[str, str] = {
    **dict.fromkeys(("hat", "widehat"), "\u0302"),
    **dict.fromkeys(("bar", "overline"), "\u0304"),
    **dict.fromkeys(("tilde", "widetilde"), "\u0303"),
    "dot": "\u0307",
    "ddot": "\u0308",
}
ACCENT_WORDS: Mapping[str, str] = {"\u0302": "hat", "\u0304": "bar", "\u0303": "tilde", "\u0307": "dot"}

# One character for one, so that places stay right.
RAISED: Mapping[int, int] = str.maketrans(
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ", "0123456789+-=()inabcdefghjklmoprstuvwxyzT"
)
LOWERED: Mapping[int, int] = str.maketrans(
    "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢᵣᵤᵥⱼᵦᵧᵨᵩᵪ", "0123456789+-=()aeoxhklmnpstiruvjβγρφχ"
)
FRACTIONS: Mapping[str, tuple[int, int]] = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip

RELATIONS: Mapping[str, Relation] = {relation.value: relation for relation in Relation}
TIMES = frozenset("*×·⊙")
OPENING: Mapping[str, str] = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "⌊": "⌋", "⌈": "⌉"}
CLOSING = frozenset(OPENING.values())

# Functions of one argument, by every word for them. These may stand before an argument without brackets.
UNARY: Mapping[str, str] = {
    **{
        word: word
        for word in ("exp", "log", "ln", "log2", "log10", "sqrt", "abs", "relu", "sigmoid", "tanh", "softplus")
    },
    **{word: word for word in ("floor", "ceil", "lg")},
    **dict.fromkeys(("sign", "sgn", "signum"), "sign"),
    "ceiling": "ceil",
    "logistic": "sigmoid",
}
# These take brackets always.
BRACKETED: Mapping[str, str] = {
    **{
        word: word
        for word in (
            "clamp",
            "transpose",
            "norm",
            "dot",
            "trace",
            "softmax",
            "diag",
            "mask",
            "derivative",
            "open",
            "closed",
        )
    },
    "tr": "trace",
    "clip": "clamp",
}
# Functions that people know and that are not read here: never several names in a row.
UNREAD = frozenset(
    {"sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "arcsin", "arccos", "arctan", "asin", "acos", "atan"}
    | {"erf", "det", "argmax", "argmin", "lim", "mod", "mean", "var", "std", "cov"}
)
REDUCTIONS: Mapping[str, str] = {"sum": "sum", "∑": "sum", "Σ": "sum", "prod": "prod", "product": "prod", "∏": "prod",
    "max": "max", "maximum": "max", "min": "min", "minimum": "min"}  # fmt: skip
QUANTIFIERS = frozenset({"always", "sometimes", "never"})

IF_WORDS = frozenset({"if", "when", "whenever", "for", "where", "provided"})
ELSE_WORDS = frozenset({"else", "otherwise", "elsewhere"})
ELSE_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in ("in all other cases", "in every other case", "in any other case", "in the other case",
                   "in other cases", "for all other cases", "if not", "in case not")
)  # fmt: skip
LOGIC = frozenset({"and", "or"})
# Words of the grammar: none of them is a factor, unless a question declares it.
KEYWORDS = (
    IF_WORDS | ELSE_WORDS | LOGIC | {"not", "then", "in", "over", "of", "from", "to", "by", "on", "elif", "is"}
)  # fmt: skip
