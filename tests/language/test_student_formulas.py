"""The student's door, formulas: every way of writing one comes out as the tree that an author's notation gives."""

import pytest

from tripos.language import tree
from tripos.language.kind import Kind
from tripos.language.names import Free, Sort, domain
from tripos.language.reader import expression
from tripos.language.student import read
from tripos.language.student.cases import NO_CASE
from tripos.language.tree import Op
from tripos.language.vocabulary import Vocabulary
from tripos.problem import Refusal

ARITHMETIC = Vocabulary()


def declared(text):
    """Names, each with the words of its domain: "s: real vector; j: index of s"."""
    parts = [part.split(":") for part in text.split(";")]
    return {name.strip(): domain(words) for names, words in parts for name in names.split(",")}


HINGE = declared("a, b, Δ: positive; s: real vector; y: index of s; j: index of s, j != y")
PLAIN = declared("x, y, z, t: real; n: positive integer; p: 0 < p < 1; f: function")
TENSORS = declared(
    "W_1: H by D matrix; W_2: C by H matrix; W: C by D matrix; X: D by N matrix; A, B: n by n matrix; "
    "x: vector of D; b_1: vector of H; b_2: vector of C; y, ŷ: vector of C; u, v: vector of n; i: index of u; "
    "a: real; f: function"
)
RECURRENT = declared(
    "W_h: m by m matrix; W_x: m by n matrix; h_{t-1}, h_{t+1}, b, δ, h: vector of m; x_t: vector of n; "
    "s_{t-1}^(2): real; *: function"
)
GIVEN = declared(
    "∂L/∂ŷ: vector of C; ∂L/∂a^(1): vector of H; ∂L/∂s_j: real; W^(1), W_2^(1): H by D matrix; z^[2]: vector of H; "
    "a^(1): vector of H; ŷ, y: vector of C; x: vector of D; x_0: real; i: index of x; L, θ, x': real"
)


def expected(text, names):
    """The tree of an author's expression, in which `undefined` stands for "no case applies"."""

    def put(node, args):
        return NO_CASE if node.op is Op.NAME and node.value == "undefined" else tree.rebuilt(node, args)

    return tree.fold(expression(text, ARITHMETIC, names), put)


# What an author writes, and all the ways in which a student may.
HINGES = {
    "2*a*(s_j - s_y + Δ)": [
        "2a(s_j - s_y + Δ)",
        r"2a(s_j - s_{y_i} + \Delta)",
        "2a(s_j−s_y+Δ)",
        r"2a\left(s_j - s_y + \Delta\right)",
        r"2\,a\bigl(s_{j} - s_{y} + \Delta\bigr)",
        "2·a·(s_j - s_y + Delta)",
        "2 × a × (s_j – s_y + ∆)",
        r"$2a(s_j - s_y + \Delta)$",
        r"\(2a (s_j - s_y + \Delta)\)",
        r"\[ 2 \cdot a \left( s_j - s_y + \Delta \right) \]",
        "2a[s_j - s_y + Δ]",
        "2a (sⱼ - s_y + Δ)",
        "2*a*(s_j-s_y+Δ)",
        "L = 2a(s_j - s_y + Δ)",
        r"\frac{\partial L}{\partial s_j} = 2a(s_j - s_y + \Delta)",
        "∂L/∂s_j = 2a(s_j - s_y + Δ)",
        "dL/ds_j = 2a(s_j - s_y + Δ)",
        "L'(s) = 2a(s_j - s_y + Δ)",
        r"\nabla_s L = 2a(s_j - s_y + \Delta)",
        "= 2a(s_j - s_y + Δ)",
        "2a(s_j - s_y + Δ).",
        "２a（s_j－s_y＋Δ）",
        "2a\u2009(s_j\u00a0- s_y + Δ)",
        "2𝑎(𝑠_𝑗 - 𝑠_𝑦 + 𝛥)",
    ],
    "2*a*Δ": ["2aΔ", "2aDelta", r"2a\Delta", "2 a Δ", "2·a·Δ", r"2a\,\Delta", "2a∆"],
    "2*a*max(0, s_j - s_y + Δ)": [
        "2a·max(0, s_j−s_y+Δ)",
        r"2a\max(0, s_j - s_y + \Delta)",
        r"2a\max\{0, s_j - s_y + \Delta\}",
        r"2a \max\left\{0, s_j - s_{y} + \Delta\right\}",
        "2a max{0, s_j - s_y + Δ}",
        "2amax(0, s_j - s_y + Δ)",
        "2a Max(0, s_j - s_y + Δ)",
        r"2a\,\mathrm{max}(0, s_j - s_y + \Delta)",
        r"2a\operatorname{max}(0, s_j - s_y + \Delta)",
    ],
    "a/b": ["a/b", r"\frac{a}{b}", r"\dfrac a b", r"\tfrac ab", "a ÷ b", "a ∕ b", r"a \div b", r"{\frac{a}{b}}"],
    "1/2*a": ["½a", r"\frac12a", r"\frac{1}{2} a", r"\frac 1 2 a", r"\frac1{2}a", "(1/2)a", "1/2·a", "½ · a"],
    "s_1 + s_2": ["s_1 + s_2", "s₁ + s₂", "s1 + s2", "s_{1} + s_{2}", "s[1] + s[2]"],
    "a*s_j": ["as_j", "a s_j", "a·s_{j}", "a*s_j", "asⱼ"],
    "a*abs(b)*Δ": ["a|b|Δ", r"a \lvert b \rvert \Delta", r"a\left|b\right|\Delta", "a abs(b) Δ", "a·|b|·Δ"],
    "abs(abs(a) - abs(b))": ["||a|-|b||", "| |a| - |b| |", r"\left||a|-|b|\right|"],
    "norm(s)": ["‖s‖", "||s||", r"\|s\|", r"\|s\|_2", "‖s‖₂", r"\left\|s\right\|_{2}", r"\lVert s \rVert", "norm(s)"],
    "norm(s)^2": ["‖s‖²", "||s||_2^2", r"\|s\|_2^2", "‖s‖₂²", "||s||^2"],
    "norm(s, 1)": ["‖s‖₁", "||s||_1", r"\|s\|_1", r"\|s\|_{1}"],
    "exp(s_j)": ["exp(s_j)", "exp s_j", r"\exp(s_j)", r"\exp s_j", r"\exp\{s_j\}", r"\exp\left[s_j\right]"],
    "e^(s_j - s_y)": [
        "e^(s_j - s_y)",
        "e^{s_j - s_y}",
        r"\mathrm{e}^{s_j - s_y}",
        "e^{(s_j - s_y)}",
        r"e^{s_j-s_{y_i}}",
    ],
    "1 if s_j > s_y else 0": [
        "1[s_j > s_y]",
        r"\mathbb{1}[s_j > s_y]",
        r"\mathbb{1}\{s_j > s_y\}",
        r"\mathbf{1}(s_j > s_y)",
        r"\mathbb{1}_{s_j > s_y}",
        r"\mathbb{1}_{[s_j > s_y]}",
        "𝟙[s_j > s_y]",
        "[s_j > s_y]",
        "I(s_j > s_y)",
        r"\mathbb{I}[s_j \gt s_y]",
        r"\begin{cases} 1 & s_j > s_y \\ 0 & \text{otherwise} \end{cases}",
    ],
    "a*(1 if j = y else 0)": ["a·1[j = y]", r"a\,\mathbb{1}[j = y]", "a[j = y]", "a 1{j = y}"],
}

SUMS = {
    "sum(exp(s_k) for k != y)": [
        "sum(exp(s_k) for k != y)",
        "sum_{k != y} exp(s_k)",
        r"\sum_{k \neq y} \exp(s_k)",
        r"\sum_{k\ne y_i} \exp s_k",
        "∑_{k≠y} exp(s_k)",
        "Σ_{k≠y} exp(s_k)",
        r"\Sigma_{k \neq y} \exp(s_k)",
        "sum over k≠y of exp(s_k)",
        "sum over all k != y of exp(s_k)",
        "sum for k ≠ y of exp(s_k)",
        "sum(exp(s_k) for all k ≠ y)",
        r"\sum\limits_{k \not= y} \exp(s_k)",
        r"\displaystyle\sum_{k \neq y} \exp(s_k)",
        "sum_(k ≠ y) exp(s_k)",
        "Sum over k ≠ y: exp(s_k)",
    ],
    "sum(e^s_j for j != y)": [
        r"\sum_{j \neq y_i} e^{s_j}",
        "∑_{j≠y} e^(s_j)",
        "sum_{j != y} e^s_j",
        "sum_{j≠y} e^{s_j}",
    ],
    "sum(e^s_j for j in indices(s))": [
        r"\sum_j e^{s_j}",
        r"\sum_{j} e^{s_j}",
        "sum_j e^{s_j}",
        "∑_j e^s_j",
        "∑ⱼ e^{sⱼ}",
        "Σ_j e^{s_j}",
        r"\sum_{j=1}^{C} e^{s_j}",
        r"\sum_{j=1}^C e^{s_j}",
        r"\sum^C_{j=1} e^{s_j}",
        "sum_{j=1}^C e^{s_j}",
        "sum(e^s_j for j in indices(s))",
        "sum(e^s_j for j)",
        "sum over j of e^{s_j}",
        "sum over all j of e^{s_j}",
        "sum from j = 1 to C of e^{s_j}",
        r"\sum_{j=1,\dots,C} e^{s_j}",
        r"\sum_{1 \le j \le C} e^{s_j}",
        r"\sum_{j \in \{1, \ldots, C\}} e^{s_j}",
    ],
    "sum(s_k for k != y if k != j)": [
        r"\sum_{k \ne y, k \ne j} s_k",
        r"\sum_{k \neq y \text{ and } k \neq j} s_k",
        "sum_{k ≠ y, k ≠ j} s_k",
        r"\sum_{\substack{k \neq y \\ k \neq j}} s_k",
        "sum over k ≠ y, k ≠ j of s_k",
        "sum(s_k for k != y if k != j)",
        "sum(s_k for k != y and k != j)",
    ],
    "sum(s_k for k in indices(s) if s_k > 0)": [
        r"\sum_{k: s_k > 0} s_k",
        r"\sum_{k \mid s_k > 0} s_k",
        "sum_{k, s_k > 0} s_k",
        "sum over k with s_k > 0 of s_k",
        "sum(s_k for k if s_k > 0)",
        r"\sum_{k=1, s_k > 0}^{C} s_k",
    ],
    "sum(s_k for k in indices(s) if k < y)": [r"\sum_{k<y} s_k", "sum_{k < y} s_k", "sum(s_k for k < y)"],
    "sum(s_k for k in {1, 2})": [r"\sum_{k \in \{1, 2\}} s_k", "sum_{k in {1, 2}} s_k", "sum(s_k for k in {1, 2})"],
    "max(s_k for k != y)": [
        "max(s_k for k != y)",
        r"\max_{k \neq y} s_k",
        r"\max_{k\ne y} \{ s_k \}",
        "max_{k≠y} s_k",
        "max over k≠y of s_k",
        r"\max\limits_{k \ne y}(s_k)",
        r"\mathop{\mathrm{max}}_{k \neq y} s_k",
    ],
    "max(s_k for k != y) - s_y": [r"\max_{k \neq y} s_k - s_y", "max over k≠y of s_k - s_y", "max_{k≠y} s_k - s_y"],
    "max(max(s_k for k != y) - s_y + Δ, 0)": [
        r"\max(\max_{k \ne y} s_k - s_y + \Delta, 0)",
        r"\max\left(\max_{k \ne y_i} s_k - s_{y_i} + \Delta,\; 0\right)",
        "max{max_{k≠y} s_k − s_y + Δ, 0}",
    ],
    "min(s_k for k in indices(s))": ["min_k s_k", r"\min_{k} s_k", "min over k of s_k", "min(s_k for k in indices(s))"],
    "max(max(s_k, a) for k in indices(s))": [r"\max_k (s_k, a)", "max_k max(s_k, a)", r"\max_k \max\{s_k, a\}"],
    "log(1 + sum(e^(s_k - s_y + Δ) for k != y))": [
        r"\log\left(1 + \sum_{k \neq y} e^{s_k - s_y + \Delta}\right)",
        r"\log \Bigl( 1 + \sum_{k \ne y_i} e^{s_k - s_{y_i} + \Delta} \Bigr)",
        "log(1 + ∑_{k≠y} e^(s_k − s_y + Δ))",
        "log(1 + sum over k≠y of e^{s_k - s_y + Δ})",
    ],
    "log(sum(exp(s_k) for k in indices(s))) - s_y": [
        r"\log \sum_k \exp(s_k) - s_y",
        "log sum_k exp(s_k) - s_y",
        r"\log\sum_{k=1}^{K}\exp(s_k)-s_y",
    ],
    "-log(e^s_y / sum(e^s_k for k in indices(s)))": [
        r"-\log \frac{e^{s_y}}{\sum_k e^{s_k}}",
        r"-\log\left(\frac{e^{s_{y_i}}}{\sum_{k} e^{s_k}}\right)",
        "-log(e^{s_y}/sum_k e^{s_k})",
        "−log(e^s_y / ∑_k e^s_k)",
    ],
    "sum(a*s_k/b for k in indices(s)) + 1": [r"\sum_k a s_k / b + 1", "sum_k a·s_k/b + 1"],
    "sum(sum(s_k*s_j for j in indices(s)) for k in indices(s))": [
        r"\sum_k \sum_j s_k s_j",
        r"\sum_{k,j} s_k s_j",
        "sum(s_k s_j for k in indices(s) for j in indices(s))",
    ],
}

CASES = {
    "a if s_j <= s_y else b": [
        "a if s_j <= s_y else b",
        "a if s_j <= s_y, b otherwise",
        "a if s_j ≤ s_y; b otherwise",
        "a, if s_j ≤ s_y; b, otherwise",
        "a, if s_j <= s_y, b, else",
        "a if s_j <= s_y, otherwise b",
        "a if s_j <= s_y otherwise b",
        "a when s_j <= s_y, else b",
        "a for s_j <= s_y, b elsewhere",
        "a if s_j <= s_y, b in all other cases",
        "if s_j <= s_y then a else b",
        "if s_j <= s_y: a, else: b",
        "If s_j <= s_y, a; otherwise b",
        "{a if s_j <= s_y; b otherwise",
        "{a if s_j <= s_y, b otherwise}",
        "(a if s_j <= s_y, b otherwise)",
        "a if s_j <= s_y\nb otherwise",
        "a, if s_j <= s_y\nb, otherwise",
        "{ a  if s_j <= s_y\n{ b  otherwise".replace("\n{", "\n"),
        "L = a if s_j <= s_y else b",
        r"\begin{cases} a & \text{if } s_j \le s_y \\ b & \text{otherwise} \end{cases}",
        r"\begin{cases} a & s_j \leq s_y \\ b & \text{else} \end{cases}",
        r"\begin{cases} a, & \text{if } s_j \leqslant s_y, \\ b, & \text{otherwise} \\ \end{cases}",
        r"\begin{cases} a & \mathrm{for}\ s_j \le s_{y_i} \\ b & \mathrm{otherwise} \end{cases}",
        r"\begin{cases} a \text{ if } s_j \le s_y \\ b \text{ otherwise} \end{cases}",
        r"\left\{ \begin{array}{ll} a & \text{if } s_j \le s_y \\ b & \text{otherwise} \end{array} \right.",
        r"\left\{ \begin{matrix} a & \text{if } s_j \le s_y \\ b & \text{otherwise} \end{matrix} \right.",
        r"\frac{\partial L}{\partial s_j} = \begin{cases} a & s_j \le s_y \\ b & \text{otherwise} \end{cases}",
    ],
    "a if s_j <= s_y else (b if s_j > s_y else undefined)": [
        "a for s_j <= s_y, b for s_j > s_y",
        "a if s_j <= s_y; b if s_j > s_y",
        "a if s_j <= s_y\nb if s_j > s_y",
        "a if s_j ≤ s_y, and b if s_j > s_y".replace(", and", ","),
        r"\begin{cases} a & s_j \le s_y \\ b & s_j > s_y \end{cases}",
    ],
    "b if s_j > s_y else undefined": ["b if s_j > s_y", "b for s_j > s_y", "if s_j > s_y then b"],
    "a if s_j < 0 else b if s_j < 1 else 0": [
        "a if s_j < 0 else b if s_j < 1 else 0",
        "a if s_j < 0, b if s_j < 1, 0 otherwise",
        "a if s_j < 0; b if s_j < 1; otherwise 0",
        r"\begin{cases} a & s_j < 0 \\ b & s_j < 1 \\ 0 & \text{otherwise} \end{cases}",
    ],
    "2*(a if s_j > 0 else b)": ["2(a if s_j > 0 else b)", "2·(a if s_j > 0, b otherwise)"],
    "a if s_j > 0 and j != y else b": [
        "a if s_j > 0 and j ≠ y else b",
        r"\begin{cases} a & s_j > 0 \text{ and } j \neq y \\ b & \text{otherwise} \end{cases}",
        "a if s_j > 0 ∧ j ≠ y, b otherwise",
    ],
    "a if 0 <= s_j < 1 else b": [
        "a if 0 ≤ s_j < 1 else b",
        "a if s_j ∈ [0, 1), b otherwise",
        "a if s_j in [0, 1) else b",
    ],
}

PLAINS = {
    "x^2 + 2*x + 1": [
        "x^2 + 2x + 1",
        "x²+2x+1",
        "x**2 + 2*x + 1",
        "x^{2}+2x+1",
        "x ^ 2 + 2 x + 1",
        "f(x) = x^2 + 2x + 1",
    ],
    "x*(x + 1)": ["x(x+1)", "x (x + 1)", "x·(x+1)", r"x\left(x+1\right)", "x[x+1]", r"x \cdot (x+1)"],
    "x*y*z": ["xyz", "x y z", "x·y·z", "x y·z", r"x\,y\,z", "x × y × z"],
    "x^2*y": ["x^2y", "x²y", "x^{2}y", "x^2 y", "x^2·y"],
    "2*x^n": ["2x^n", "2xⁿ", "2x^{n}", r"2\mathbf{x}^n"],
    "n*2^n": ["n 2^n", "n·2^n", r"n \cdot 2^{n}", "n 2ⁿ"],
    "e^2*x": ["e^{2}x", "e²x", "e^2·x", "e^2 x", "(e^2)x"],
    "x^-1": ["x^-1", "x⁻¹", "x^{-1}", "x^(-1)"],
    "x^(n + 1)": ["x^(n+1)", "x^{n+1}", "xⁿ⁺¹"],
    "-x^2": ["-x^2", "−x²", "- x^2"],
    "1/(1 + e^(-x))": ["1/(1+e^-x)", r"\frac{1}{1+e^{-x}}", "1/(1+e^(-x))", "1 / (1 + e^{-x})", "1/(1+e⁻ˣ)"],
    "sigmoid(x)*(1 - sigmoid(x))": [
        "σ(x)(1-σ(x))",
        r"\sigma(x)(1 - \sigma(x))",
        "sigmoid(x)(1 - sigmoid(x))",
        "sigma(x)*(1-sigma(x))",
    ],
    "relu(x)": [
        "relu(x)",
        "ReLU(x)",
        r"\mathrm{ReLU}(x)",
        r"\operatorname{ReLU}(x)",
        r"\text{ReLU}(x)",
        "RELU(x)",
        "relu x",
    ],
    "log(1 + exp(x))": ["softplus(x)", "log(1 + exp(x))", r"\operatorname{softplus}(x)", r"\log(1+\exp x)"],
    "sign(x)": ["sign(x)", "sgn(x)", r"\operatorname{sgn}(x)", r"\text{sign}(x)"],
    "sqrt(x)": ["√x", "sqrt(x)", "sqrt x", r"\sqrt{x}", r"\sqrt x", "√(x)"],
    "sqrt(x^2 + y^2)": [r"\sqrt{x^2+y^2}", "√(x²+y²)", "sqrt(x^2 + y^2)"],
    "x^(1/3)": [r"\sqrt[3]{x}", "∛x", "x^(1/3)", "x^{1/3}"],
    "floor(x)": ["⌊x⌋", r"\lfloor x \rfloor", "floor(x)", r"\left\lfloor x \right\rfloor"],
    "ceil(x/2)": ["⌈x/2⌉", r"\lceil x/2 \rceil", "ceil(x/2)"],
    "log(x)": ["log x", "log(x)", r"\log x", r"\log(x)", r"\log{x}", "log [x]"],
    "ln(2*x)": ["ln 2x", r"\ln 2x", "ln(2x)", "ln 2·x".replace("·", "")],
    "log(x*y)": ["log xy", r"\log xy", "log(xy)"],
    "log(x^2)": ["log x^2", "log x²", r"\log x^{2}", "log(x^2)"],
    "log(x)^2": ["log(x)^2", r"\log^2 x", "log²(x)", "log^2(x)"],
    "log(x)*y": ["log(x) y", "log(x)y", r"\log(x)\,y"],
    "log(x)/y": ["log(x)/y", "log (x)/y", r"\log(x) / y"],
    "log(x/y)": [r"\log \frac{x}{y}", "log(x/y)", r"\log\frac xy"],
    "n*log(n)": ["n log n", "nlogn", r"n \log n", "n log(n)", "n·log n"],
    "ln(8)/ln(2)": ["ln 8 / ln 2", "ln(8)/ln(2)", "ln 8/ln 2"],
    "16*ln(2)": ["16 ln 2", "16ln2", "16 ln(2)", r"16\ln 2", r"16\ln{2}"],
    "log2(n)": ["log2(n)", "log_2 n", "log_2(n)", r"\log_2 n", r"\log_{2}(n)", "log₂ n", "log2 n"],
    "log10(x)": ["log10(x)", r"\log_{10} x", "log_10(x)", "log₁₀ x"],
    "log(x)/log(n)": [r"\log_n x", "log_n(x)", r"\log_{n}(x)"],
    "tanh(x)": ["tanh x", r"\tanh(x)", "tanh(x)"],
    "exp(-x)": ["exp(-x)", "exp -x", r"\exp(-x)", "exp(−x)"],
    "exp(-x^2/2)": ["exp(-x^2/2)", r"\exp(-x^2/2)"],
    "e^(-x^2/2)": ["e^{-x^2/2}", "e^(-x²/2)", r"e^{-x^{2}/2}"],
    "p*(1 - p)": ["p(1-p)", "p(1 − p)", r"p(1-p)"],
    "-(p*log(p) + (1 - p)*log(1 - p))": ["-(p log p + (1-p) log(1-p))", r"-\left(p\log p+(1-p)\log(1-p)\right)"],
    "f(x)*y + f(y)": ["f(x) y + f(y)", "f(x)·y + f(y)", "z = f(x)y + f(y)"],
    "2*pi*x": ["2πx", r"2\pi x", "2 pi x", "2·π·x"],
    "x*t": ["x(t)", "x t", "x·t", "xt"],
    "max(0, x)": ["max(0, x)", "max{0, x}", r"\max(0, x)", r"\max\{0,x\}", "max({0, x})", "max[0, x]"],
    "min(x, 1)": ["min(x, 1)", r"\min\left(x, 1\right)", "min{x, 1}"],
    "abs(x - y)": ["|x - y|", r"\left|x-y\right|", "abs(x - y)", r"\lvert x - y \rvert", r"\vert x-y \vert", "‖x - y‖"],
    "abs(x)*abs(y)": ["|x||y|", "|x|·|y|", "|x| |y|"],
    "2*abs(x)": ["2|x|", "2·|x|", "|x|·2".replace("|x|·2", "2 |x|")],
    "x + 1/2": ["x + ½", r"x + \frac12", "x+1/2"],
    "2 + 1/2 + x": ["2 + ½ + x", "2 + 1/2 + x"],
    "sum(k^2 for k in range(1, n))": [
        r"\sum_{k=1}^{n} k^2",
        "∑_{k=1}^n k²",
        "sum_{k=1}^n k^2",
        "sum from k=1 to n of k^2",
        "sum(k^2 for k = 1 to n)",
    ],
    "prod(k for k in range(1, n))": [
        r"\prod_{k=1}^{n} k",
        "∏_{k=1}^n k",
        "prod_{k=1}^n k",
        "prod(k for k in range(1, n))",
    ],
    "sum(sum(m for m in range(1, k)) for k in range(1, n))": [r"\sum_{k=1}^{n} \sum_{m=1}^{k} m"],
    "x if x > 0 else 0": [
        "x if x>0 else 0",
        "{x if x > 0, 0 otherwise",
        r"\begin{cases}x&x>0\\0&\text{otherwise}\end{cases}",
    ],
    "derivative(x^2, x)": ["derivative(x^2, x)", "derivative(x², x)"],
    "[0, 1)": ["[0, 1)", r"\left[0, 1\right)"],
    "x = 2": ["y = x = 2"],
}

MATRICES = {
    "W_2*f(W_1*x + b_1) + b_2": [
        "W_2 f(W_1 x + b_1) + b_2",
        "W_2f(W_1x + b_1) + b_2",
        r"W_2\, f(W_1 x + b_1) + b_2",
        r"\mathbf{W}_2 f(\mathbf{W}_1 \mathbf{x} + \mathbf{b}_1) + \mathbf{b}_2",
        "W2 f(W1 x + b1) + b2",
        "W₂f(W₁x + b₁) + b₂",
        "W_2·f(W_1·x + b_1) + b_2",
        "W_2*f(W_1*x + b_1) + b_2",
        "s(x) = W_2 f(W_1 x + b_1) + b_2",
    ],
    "x*transpose(y - ŷ)": [
        "x (y - ŷ)^T",
        r"x (y - \hat{y})^T",
        r"x (y-\hat y)^\top",
        "x(y-ŷ)ᵀ",
        "x (y - yhat)'",
        "x(y - y_hat)^{T}",
    ],
    "transpose(W)*y": ["W^T y", "W^Ty", "Wᵀy", r"W^\top y", r"W^{\top} y", r"W^\intercal y", "W' y", "W^{T}y", "W^⊤ y"],
    "transpose(u)*v": ["u^T v", "uᵀv", r"\mathbf{u}^\top \mathbf{v}", "u' v", "u^Tv"],
    "dot(u, v)": ["u·v", r"u \cdot v", "dot(u, v)", r"\vec{u}\cdot\vec{v}"],
    "u ⊙ v": ["u ⊙ v", r"u \odot v", "u ∘ v", r"u \circ v", "u .* v"],
    "f'(W_1*x) ⊙ (transpose(W_2)*(y - ŷ))": ["f'(W_1 x) ⊙ W_2^T (y - ŷ)", r"f'(W_1 x) \odot W_2^\top (y - \hat{y})"],
    "(transpose(W_2)*(y - ŷ)) ⊙ f'(W_1*x)": ["W_2^T (y - ŷ) ⊙ f'(W_1 x)", r"W_2^\top(y-\hat y) \circ f'(W_1x)"],
    "(A ⊙ B)*u": ["(A ⊙ B) u", "A ⊙ B u"],
    "u ⊙ (A*v)": ["u ⊙ (A v)", "u ⊙ A v"],
    "W*x": ["W x", "Wx", "W·x", "W*x", r"W \cdot x"],
    "a*W": ["a W", "aW", "a·W", "a*W"],
    "2*a*u": ["2au", "2a u", "2*a*u"],
    "norm(W*x - y)^2": [r"\|Wx - y\|_2^2", "||W x - y||^2", "‖Wx − y‖²"],
    "A[1, 2]": ["A_{12}", "A_{1,2}", "A[1, 2]", "A_12"],
    "sum(u_i*v_i for i in indices(u))": ["∑_i u_i v_i", r"\sum_i u_i v_i", "sum over i of u_i·v_i"],
    "sum(u_i for i in range(1, n))": [r"\sum_{i=1}^{n} u_i", "sum_{i=1}^n u_i"],
    "sum(sum(A[k, m] for m in indices(A, 2)) for k in indices(A, 1))": [
        r"\sum_k \sum_m A_{km}",
        r"\sum_{k,m} A_{k,m}",
        "∑_k ∑_m A[k, m]",
    ],
    "(W*x)[1]": ["(Wx)_1", "(W x)_{1}"],
    "softmax(W*x)": ["softmax(Wx)", r"\operatorname{softmax}(Wx)", r"\mathrm{softmax}(W x)"],
    "trace(A)": ["tr(A)", "trace(A)", r"\operatorname{tr}(A)"],
    "transpose(A + B)": ["(A + B)^T", "(A+B)'", r"(A+B)^\top"],
    "A^-1": ["A^-1", "A^{-1}", "A⁻¹"],
    "max(0, W*x)": ["max(0, W x)", r"\max(0, Wx)"],
}

GIVENS = {
    "∂L/∂ŷ": ["∂L/∂ŷ", r"\frac{\partial L}{\partial \hat{y}}", r"\partial L/\partial\hat y", "dL/dŷ", "dL/dyhat", r"\frac{dL}{d\hat{y}}",
              r"\frac{\mathrm{d}L}{\mathrm{d}\hat{y}}", "∂L / ∂yhat", r"\nabla_{\hat y} L", "∂L/∂y_hat"],
    "∂L/∂a^(1)": ["∂L/∂a^(1)", r"\frac{\partial L}{\partial a^{(1)}}", "∂L/∂a⁽¹⁾", "dL/da^(1)", r"\dfrac{\partial L}{\partial a^{(1)}}"],
    "∂L/∂s_j": ["∂L/∂s_j", r"\frac{\partial L}{\partial s_j}", r"\frac{\partial L}{\partial s_{j}}"],
    "∂L/∂ŷ[i]": [r"\frac{\partial L}{\partial \hat{y}_i}", "∂L/∂ŷ_i"],
    "W^(1)*x": ["W^{(1)} x", "W^(1) x", "W⁽¹⁾x", r"\mathbf{W}^{(1)}\mathbf{x}", "W^{(1)}·x"],
    "transpose(W^(1))*z^[2]": ["W^{(1)T} z^{[2]}", r"(W^{(1)})^\top z^{[2]}", r"W^{(1)\top} z^[2]", r"{W^{(1)}}^T z^{[2]}"],
    "W_2^(1)": ["W_2^{(1)}", "W^{(1)}_2", "W_2^(1)", "W₂⁽¹⁾"],
    "a^(1)[i]": ["a^{(1)}_i", "a_i^{(1)}", "a^(1)_i"],
    "y - ŷ": ["y - ŷ", r"y - \hat{y}", r"y-\hat y", "y - yhat", "y - y_hat", r"y - \widehat{y}", "y - y\u0302"],
    "∂L/∂ŷ ⊙ y": ["∂L/∂ŷ ⊙ y", r"\frac{\partial L}{\partial \hat{y}} \odot y"],
    "2*θ": ["2θ", r"2\theta", "2theta", r"2\boldsymbol{\theta}", "2𝜃", r"2\vartheta"],
    "x_0 + x'": ["x_0 + x'", "x₀ + x′", "x0 + x'", r"x_{0} + x'"],
    "L^3": ["L^(3)", "L³", "L^3"],
    "e^L": ["e^L", "e^(L)", "e^{L}", "e^{(L)}"],
}  # fmt: skip

TABLES = [(HINGES, HINGE), (SUMS, HINGE), (CASES, HINGE), (PLAINS, PLAIN), (MATRICES, TENSORS), (GIVENS, GIVEN)]
ROWS = [(text, wanted, names) for table, names in TABLES for wanted, texts in table.items() for text in texts]


@pytest.mark.parametrize(("text", "wanted", "names"), ROWS, ids=[row[0] for row in ROWS])
def test_a_formula_is_read_however_it_is_written(text, wanted, names):
    assert read(text, ARITHMETIC, names, Kind.FORMULA) == expected(wanted, names)


@pytest.mark.parametrize(
    ("wanted", "names"), [(wanted, names) for table, names in TABLES for wanted in table if "undefined" not in wanted]
)
def test_what_an_author_writes_a_student_may_write_too(wanted, names):
    if wanted != "x = 2":  # an equation, of which a student's x would be the name of what is asked
        assert read(wanted, ARITHMETIC, names, Kind.FORMULA) == expected(wanted, names)


def test_a_question_may_say_that_a_star_goes_entry_by_entry():
    names = TENSORS | {"*": Free(Sort.FUNCTION)}
    assert read("u * v", ARITHMETIC, names, Kind.FORMULA) == expected("u ⊙ v", TENSORS)
    assert read("a * v", ARITHMETIC, names, Kind.FORMULA) == expected("a*v", TENSORS)


def test_the_sizes_of_vectors_and_matrices_are_names_too():
    assert read("2D u", ARITHMETIC, TENSORS, Kind.FORMULA) == expected("2*D*u", TENSORS)


@pytest.mark.parametrize(
    ("text", "part", "start", "end"),
    [
        (r"2a(s_j - s_{y_i} + \Delta)", "s_y", 9, 16),
        (r"2a(s_j - s_{y_i} + \Delta)", "Δ", 19, 25),
        (r"a\frac{b}{\Delta}", "b/Δ", 1, 17),
        ("a·b²", "b^2", 2, 4),
        ("a + |b|", "abs(b)", 4, 7),
        (r"1 + \sum_{j \ne y} e^{s_j} + a", "sum(e^s_j for j != y)", 4, 26),
        ("aΔ", "Δ", 1, 2),
        (r"\boldsymbol{a} + b", "a", 0, 14),
    ],
)
def test_a_part_knows_where_it_stood_in_what_was_typed(text, part, start, end):
    wanted = expected(part, HINGE)
    spans = [node.span for node in tree.walk(read(text, ARITHMETIC, HINGE, Kind.FORMULA)) if node == wanted]
    assert [(span.start, span.end) for span in spans] == [(start, end)]


STEPS = {
    "tanh(W_h h_{t-1} + W_x x_t + b)": [
        r"\tanh\left(W_{h} h_{t-1} + W_x x_{t} + b\right)",
        "tanh(W_h hₜ₋₁ + W_x xₜ + b)",
        "tanh(W_h*h_{t − 1} + W_x*x_t + b)",
        r"h_t = tanh(W_h \mathbf{h}_{t-1} + W_x x_t + b)",
    ],
    "h_{t+1} - h_{t-1}": ["h_{t+1} − h_{t−1}", r"h_{t + 1} - h_{t - 1}"],
    "s_{t-1}^(2)": ["s_{t-1}^{(2)}", "s^{(2)}_{t-1}", r"s_{t-1}^{\left(2\right)}"],
    "W_h h": ["W_h*h", r"W_h \cdot h", "W_h × h"],
    "δ h^T": ["δ*h^T", "δ h^{T}"],
    "δ ⊙ h": ["δ*h", "δ ⊙ h"],
    "W_h^T (δ ⊙ h)": ["W_h^T (δ * h)"],
}


@pytest.mark.parametrize(("author", "answer"), [(author, one) for author, all_ in STEPS.items() for one in all_])
def test_a_step_in_an_index_is_part_of_a_name_and_a_star_without_entries_to_pair_a_matrix_product(author, answer):
    assert read(answer, ARITHMETIC, RECURRENT, Kind.FORMULA) == expression(author, ARITHMETIC, RECURRENT)


@pytest.mark.parametrize("text", ["σ²(x)", r"\sigma^2(x)", "σ^2(x)", r"\sigma^{2}\left(x\right)"])
def test_sigma_with_a_power_is_the_power_of_a_sigmoid(text):
    assert read(text, ARITHMETIC, PLAIN, Kind.FORMULA) == expression("sigmoid(x)^2", ARITHMETIC, PLAIN)


@pytest.mark.parametrize("text", ["f^2(x)", "f²(x)", "f^{2}(x)"])
def test_the_power_of_a_function_before_its_bracket_has_two_readings(text):
    with pytest.raises(Refusal, match=r"\(f\(x\)\)\^2 or f\(f\(x\)\)"):
        read(text, ARITHMETIC, PLAIN, Kind.FORMULA)


@pytest.mark.parametrize(
    "text", ["p_j - I(j = y)", "p_j - 1(j = y)", "L ≈ p_j - 1[j = y]", r"L \approx p_j - 1[j = y]"]
)
def test_an_indicator_and_a_label_may_be_written_in_several_ways(text):
    names = declared("p: real vector; j, y: index of p")
    assert read(text, ARITHMETIC, names, Kind.FORMULA) == expression("p_j - (1 if j = y else 0)", ARITHMETIC, names)


def test_an_x_between_names_is_times_where_no_x_is_declared():
    names = declared("F, C: positive integer")
    assert read("F x F x C", ARITHMETIC, names, Kind.FORMULA) == expression("F*F*C", ARITHMETIC, names)
