"""Application: what the words of an answer do: functions with brackets or without, constants, truths, names."""

from __future__ import annotations

from dataclasses import replace

from tripos.language import tree
from tripos.language.names import Sort as NameSort
from tripos.language.student.lexemes import Sort, Token
from tripos.language.student.lexicon import greek
from tripos.language.student.signs import (
    BRACKETED,
    OPENING,
    QUANTIFIERS,
    REDUCTIONS,
    RELATIONS,
    TIMES,
    UNARY,
)
from tripos.language.student.sums import Sums
from tripos.language.student.tape import CONDITIONS
from tripos.language.tree import Callee, Node, Op, Span
from tripos.problem import TriposError

_ENDS = {"open": False, "closed": True}


class Applied(Sums):
    """Reading words."""

    __slots__ = ()

    def word(self, token: Token) -> Node:
        """What a word stands for; a declared name goes before everything else that it might mean."""
        text = token.text
        key = self.key(text)
        if key is not None:
            meaning = self.meaning(key)
            if meaning is not None and meaning.sort is NameSort.FUNCTION:
                return self.free_function(key, token)
            return self.symbol()
        folded = text.casefold()
        if folded in REDUCTIONS or text in REDUCTIONS:
            return self.reducing(REDUCTIONS.get(text) or REDUCTIONS[folded], token)
        if folded in UNARY:
            return self.function(UNARY[folded], token)
        if folded in BRACKETED and self.opens(1):
            self.at += 1
            return self.call(BRACKETED[folded], token)
        return self.rare(token, folded)

    def rare(self, token: Token, folded: str) -> Node:
        text = token.text
        letter = greek(text)
        if letter == "σ" and (self.opens(1) or self.power_before_bracket(self.at + 1)):
            return self.function("sigmoid", token)
        if text == "I" and self.opens(1) and (found := self.indicated(token)):
            return found
        if folded in ("true", "false") and not self.opens(1):
            self.at += 1
            return Node(Op.TRUTH, (), folded == "true", Span(token.start, token.end))
        if text == "∅":
            self.at += 1
            return Node(Op.SET, (), None, Span(token.start, token.end))
        if folded in QUANTIFIERS and self.sees("(", 1):
            self.at += 1
            return self.bound_call(folded, token)
        if text[0] == "d" and (found := self.joined_derivative(token)):
            return found
        if self.word_ahead():
            raise self.missing()
        return self.symbol()

    def opens(self, ahead: int) -> bool:
        token = self.peek(ahead)
        return token.sort is Sort.SIGN and token.text in ("(", "[", "{", "\\{")

    # Functions.

    def free_function(self, key: str, token: Token) -> Node:
        """f(x), f'(x), f''(x) of a function that the question declares."""
        self.at += 1
        primes = 0
        while self.sees("'"):
            self.at += 1
            primes += 1
        name = self.lexicon.spellings[key] + "'" * primes
        if bracket := self.power_before_bracket(self.at):
            inside = self.quoted(self.tokens[bracket].start, self.tokens[self.closing(bracket)].end)
            power = next(part.text for part in self.tokens[self.at : bracket] if part.sort is Sort.NUMBER)
            end = self.tokens[self.closing(bracket)].end
            raise self.two_readings(f"({name}{inside})^{power}", f"{name}({name}{inside})", token.start, end)
        if not self.opens(0) or self.sees("{"):
            raise self.fault(f"{name} is a function: its argument is missing.", f"Write {name}(x).", token)
        return self.call(name, token)

    def power_before_bracket(self, place: int) -> int:
        """Where the bracket after a power stands that stands here, as in f^2(x) and f²(x); 0 if there is none."""
        if not self.is_sign(place, "^"):
            return 0
        braced = self.is_sign(place + 1, "{")
        after = place + 2 + 2 * braced
        number = self.tokens[min(place + 1 + braced, len(self.tokens) - 1)]
        if number.sort is not Sort.NUMBER or (braced and not self.is_sign(after - 1, "}")):
            return 0
        return after if self.is_sign(after, "(") or self.is_sign(after, "[") else 0

    def call(self, function: str, token: Token) -> Node:
        """The arguments of a function, in brackets."""
        self.enter()
        opened = self.next()
        bars, self.bars = self.bars, 0
        binding, self.binding = self.binding, False
        args, keywords = self.arguments()
        self.bars, self.binding = bars, binding
        self.expect(OPENING[opened.text], opened)
        self.depth -= 1
        if function in _ENDS:
            return self.ends(_ENDS[function], args, token)
        return self.node(Op.CALL, tuple(args), Callee(function, keywords), token.start)

    def ends(self, closed: bool, args: list[Node], token: Token) -> Node:
        """open(0, 1) and closed(0, 1), as an author writes them."""
        if len(args) != 2:
            raise self.fault("an interval has two ends.", "Write [0, 1).", token)
        both = tuple(closed and not is_infinite(end) for end in args)
        return self.node(Op.INTERVAL, tuple(args), both, token.start)

    def arguments(self) -> tuple[list[Node], tuple[str, ...]]:
        args: list[Node] = []
        keywords: list[str] = []
        while True:
            if args and self.peek().sort is Sort.WORD and self.sees("=", 1) and not self.knows(self.peek().text):
                keywords.append(self.next().text)
                self.next()
            args.append(self.conditional())
            if not self.take(","):
                return args, tuple(keywords)

    def function(self, name: str, token: Token) -> Node:
        """A built-in function: its index and power, then its argument with brackets or without."""
        self.at += 1
        self.enter()
        name, base = self.logarithm(name, token)
        exponent = self.function_power(token)
        if self.opens(0):
            result = self.call(name, token)
        else:
            argument = self.bare(token)
            result = Node(Op.CALL, (argument,), Callee(name), Span(token.start, argument.span.end))
        self.depth -= 1
        if name == "softplus":
            result = softplus(result)
        if base is not None:
            result = replace(tree.divide(result, tree.call("log", base)), span=result.span)
        return result if exponent is None else self.node(Op.POWER, (result, exponent), None, token.start)

    def logarithm(self, name: str, token: Token) -> tuple[str, Node | None]:
        """The logarithm of a base: log_2 is log2, and log_b the quotient by log b."""
        if name == "lg":
            if not self.growth:
                raise self.two_readings("log2", "log10", token.start, token.end)
            return "log", None
        if name != "log" or not self.sees("_"):
            return name, None
        subscript = self.subscript()
        self.at = subscript.after
        if subscript.key in ("2", "10", "e"):
            return {"2": "log2", "10": "log10", "e": "log"}[subscript.key], None
        with self.only(subscript.start, subscript.stop):
            base = self.expression()
        self.at = subscript.after
        return "log", base

    def function_power(self, token: Token) -> Node | None:
        """The exponent of log^2 x, which is that of the whole."""
        if not self.take("^"):
            return None
        if self.sees("-") or (self.sees("{") and self.sees("-", 1)):
            one, other = f"1/{token.text}(x)", f"the inverse of {token.text}"
            raise self.two_readings(one, other, token.start, self.peek().end)
        return self.operand()

    def bare(self, function: Token) -> Node:
        """The argument of a function without brackets: what is joined to it directly, and no more than is clear."""
        if self.ended() or not (self.starts_factor(self.peek()) or self.begins_value()):
            fact = f"{function.text} has no argument here."
            raise self.fault(fact, f"Write {function.text}(x).", function)
        start = self.peek()
        negative = self.take("-")
        argument = self.power()
        factors = [argument]
        while self.runs_on(factors[-1]):
            factors.append(self.power())
        if len(factors) > 1:
            argument = self.node(Op.MULTIPLY, tuple(factors))
        if negative:
            argument = self.node(Op.NEGATE, (argument,), None, start.start)
        self.refuse_unclear(function, argument)
        return argument

    def begins_value(self) -> bool:
        return self.peek().sort in (Sort.NUMBER, Sort.FRACTION) or self.sees("-")

    def runs_on(self, argument: Node) -> bool:
        # log 2x, log xy: a number or a name, and a name right after it.
        token = self.peek()
        return (
            token.sort is Sort.WORD
            and not token.gap
            and not self.word_ahead()
            and argument.op in (Op.NUMBER, Op.DECIMAL, Op.NAME, Op.ENTRY)
        )

    def refuse_unclear(self, function: Token, argument: Node) -> None:
        """log x y and log x / y: nobody can tell where the logarithm ends."""
        token = self.peek()
        end, middle = self.swallowed
        if end == argument.span.end:
            inner, rest = self.quoted(argument.span.start, middle), self.quoted(middle, end)
            word = function.text
            raise self.two_readings(f"{word}({inner}) {rest}", f"{word}({inner} {rest})", function.start, end)
        sign = token.text if token.sort is Sort.SIGN and (token.text in TIMES or token.text == "/") else ""
        if not sign and not (self.starts_factor(token) and not self.applies(token)):
            return
        if sign and self.applies(self.peek(1)):
            return  # ln 8 / ln 2
        if sign:
            self.next()
        right = self.power()
        shown, rest = self.spelt(argument), self.spelt(right)
        sign = "/" if sign == "/" else "·"
        one, other = f"{function.text}({shown}){sign}{rest}", f"{function.text}({shown}{sign}{rest})"
        raise self.two_readings(one, other, function.start, right.span.end)

    def applies(self, token: Token) -> bool:
        # log n log log n: a function after an argument begins a factor of its own.
        word = token.text.casefold()
        return token.sort is Sort.WORD and self.key(token.text) is None and (word in UNARY or word in REDUCTIONS)

    # Conditions that count as one, and derivatives in one word.

    def is_relation(self, place: int) -> bool:
        token = self.tokens[place]
        return token.sort is Sort.SIGN and (token.text in RELATIONS or token.text == "∈")

    def indicated(self, token: Token) -> Node | None:
        """I(c), where I is no name and c a condition."""
        stop = self.closing(self.at + 1)
        if not any(self.is_relation(place) for place in range(self.at + 1, stop)):
            return None
        with self.only(self.at + 2, stop):
            condition = self.statement()
        if condition.op not in CONDITIONS:
            return None
        self.at = stop + 1
        return self.chosen(condition, token.start)

    def joined_derivative(self, token: Token) -> Node | None:
        """dL/dx, where the question has that derivative."""
        slash = self.at + (1 if len(token.text) > 1 else 2)
        above = self.after_d(self.at)
        below = self.after_d(slash + 1) if above and self.is_sign(slash, "/") else ""
        if not below:
            return None
        if self.knows("d") and not self.gives(above, below):
            return None
        if not self.gives(above, below):
            end = self.tokens[slash + (1 if len(self.tokens[slash + 1].text) > 1 else 2)].end
            fact = f"the derivative {self.quoted(token.start, end)} is no name of this question."
            raise TriposError(self.problem(fact, self.declared(), token.start, end))
        self.take_d()
        return self.derivative(token.start)


def softplus(node: Node) -> Node:
    """log(1 + e^x), which is what softplus means."""
    inner = Node(Op.CALL, node.args, Callee("exp"), node.span)
    return Node(Op.CALL, (Node(Op.ADD, (tree.number(1), inner), None, node.span),), Callee("log"), node.span)


def is_infinite(end: Node) -> bool:
    """Whether an end of an interval is no number."""
    inner = end.args[0] if end.op is Op.NEGATE else end
    return inner.op is Op.NAME and inner.value == "∞"
