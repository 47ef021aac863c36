"""Sums, products, maxima and minima over an index, by sign, in words, or in the author's notation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tripos.language import tree
from tripos.language.names import Sort as NameSort
from tripos.language.student.lexemes import Sort, Token
from tripos.language.student.lexicon import key_of
from tripos.language.student.runs import Run, Runs
from tripos.language.student.signs import OPENING
from tripos.language.student.tape import depth_change
from tripos.language.tree import Binder, Callee, Node, Op, Relation, Span
from tripos.problem import TriposError

_EXTREMES = frozenset({"max", "min"})


class Sums(Runs):
    """Reading what runs over an index."""

    __slots__ = ()

    def reducing(self, function: str, token: Token) -> Node:
        """A word for a sum, product, maximum or minimum."""
        self.at += 1
        after = self.peek()
        if after.sort is Sort.SIGN and after.text in ("(", "{", "[", "\\{"):
            return self.bound_call(function, token)
        return self.reduction(function, token)

    def reduction(self, function: str, token: Token) -> Node:
        """The sum after its sign: what its index runs over, and the term that follows."""
        self.enter()
        run = self.run(token)
        with self.knowing(run):
            body = self.product()
            loose = self.last_factor
        self.last_factor = None
        if body.op is Op.TUPLE:
            if function not in _EXTREMES:
                raise self.fault(f"{self.spelt(body)} cannot be added up.", "", token)
            body = Node(Op.CALL, body.args, Callee(function), body.span)
        result = self.bind(function, body, run, token)
        self.depth -= 1
        if loose is not None and not set(run.variables) & tree.free_names(loose):
            self.swallowed = (loose.span.end, self.start_of_last(body, loose))
        return result

    def start_of_last(self, body: Node, loose: Node) -> int:
        # With the sign before it.
        before = body.args[-2] if body.op is Op.MULTIPLY and len(body.args) > 1 else body.args[0]
        return min(before.span.end, loose.span.start)

    # The whole of it.

    def bind(self, function: str, body: Node, run: Run, token: Token) -> Node:
        """The sum of a body over what its index runs over, the last index innermost."""
        for number, variable in enumerate(reversed(run.variables)):
            outermost = number == len(run.variables) - 1
            body = self.bound_by(
                function, body, variable, run if outermost else Run([variable], start=run.start, end=run.end), token
            )
        return body

    def bound_by(self, function: str, body: Node, variable: str, run: Run, token: Token) -> Node:
        name = self.spelling(variable)
        conditions = list(run.conditions)
        domain, excludes = run.domain, run.excludes
        if domain is None and run.first is not None and run.last is not None:
            domain = tree.call("range", run.first, run.last)
        if domain is None and run.first is not None and (run.first.op is not Op.NUMBER or run.first.value != 1):
            raise self.fault(f"it is not clear where {name} ends.", "Write sum_{j=1}^{C} with a declared C.", token)
        if domain is None and conditions and run.first is None:
            excluded = self.excluded(conditions[0], name)
            if excluded is not None:
                domain, excludes = excluded, True
                del conditions[0]
        if domain is None:
            domain = self.inferred(name, body, conditions, run)
        end = max(body.span.end, token.end)
        args = (body, domain) if not conditions else (body, domain, _all(conditions))
        return Node(Op.BIND, args, Binder(function, name, excludes), Span(token.start, end))

    def excluded(self, condition: Node, name: str) -> Node | None:
        """The index that a condition leaves out."""
        if condition.op is not Op.COMPARE or condition.value != (Relation.UNEQUAL,):
            return None
        for one, other in (condition.args, reversed(condition.args)):
            if one.op is Op.NAME and one.value == name and other.op is Op.NAME and self.is_running(str(other.value)):
                return other
        return None

    def is_running(self, name: str) -> bool:
        if name in self.bound.values():
            return True
        meaning = self.lexicon.meanings.get(key_of(name))
        return meaning is not None and meaning.sort is NameSort.INDEX

    def inferred(self, name: str, body: Node, conditions: Sequence[Node], run: Run) -> Node:
        """The indices of what the body, or a condition, indexes by this variable."""
        for part in (body, *conditions):
            for node in tree.walk(part):
                if node.op is Op.ENTRY:
                    for axis, index in enumerate(node.args[1:], start=1):
                        if index.op is Op.NAME and index.value == name:
                            whole = node.args[0]
                            return (
                                tree.call("indices", whole, tree.number(axis))
                                if len(node.args) > 2
                                else tree.call("indices", whole)
                            )
        # j < y: the indices among which y is.
        for condition in conditions:
            for node in tree.walk(condition):
                meaning = self.lexicon.meanings.get(key_of(str(node.value))) if node.op is Op.NAME else None
                if meaning is not None and meaning.sort is NameSort.INDEX and meaning.of and node.value != name:
                    return tree.call("indices", tree.name(meaning.of))
        problem = self.problem(
            f"what does {name} run over?", f"Nothing in the sum has an index {name}.", run.start, run.end
        )
        raise TriposError(problem)

    # sum(exp(s_j) for j != y), max(a, b).

    def bound_call(self, function: str, token: Token) -> Node:
        """A reduction with brackets: over an index if it says `for`, else of its arguments."""
        variables = self.variables_ahead()
        if not variables:
            return self.reduction_of(function, token)
        self.enter()
        opened = self.next()
        bars, self.bars = self.bars, 0
        binding, self.binding = self.binding, True
        with self.knowing(Run(variables)):
            body = self.conditional()
            runs = []
            while self.take_word("for"):
                self.take_quantity()
                stop = self.end_of_clause(opened)
                with self.only(self.at, stop):
                    runs.append(self.index(False))
                self.take(",")
        self.bars, self.binding = bars, binding
        for run in reversed(runs):
            body = self.bind(function, body, run, token)
        self.expect(OPENING[opened.text], opened)
        self.depth -= 1
        return replace(body, span=Span(token.start, self.tokens[self.at - 1].end))

    def end_of_clause(self, opened: Token) -> int:
        """Where a clause `for j ...` ends: at the next one, or with the bracket."""
        level = 0
        for place in range(self.at, len(self.tokens)):
            token = self.tokens[place]
            if level == 0 and token.text == "for" and token.sort is Sort.WORD:
                return place - (self.tokens[place - 1].text == ",")
            level += depth_change(token)
            if level < 0:
                return place
        raise self.fault(f"{opened} is never closed.", "Close every bracket that you open.", opened)

    def variables_ahead(self) -> list[str]:
        """The variables that this bracket introduces by `for`, after its body."""
        level, found = 0, []
        for place in range(self.at, len(self.tokens) - 1):
            token = self.tokens[place]
            level += depth_change(token)
            if level == 0:
                break
            if level == 1 and token.sort is Sort.WORD and token.text == "for":
                after = place + 1
                while self.tokens[after].text.casefold() in ("all", "each", "every") and after < len(self.tokens) - 1:
                    after += 1
                if self.tokens[after].sort is Sort.NUMBER and after + 2 < len(self.tokens):
                    after += 2
                if self.tokens[after].sort is Sort.WORD:
                    found.append(self.variable(self.tokens[after]))
        return found

    def reduction_of(self, function: str, token: Token) -> Node:
        """max(a, b), max{a, b}."""
        self.enter()
        opened = self.next()
        bars, self.bars = self.bars, 0
        binding, self.binding = self.binding, False
        if self.sees(OPENING[opened.text]):
            raise self.fault("nothing stands in these brackets.", "", opened)
        args = [self.conditional()]
        while self.take(","):
            args.append(self.conditional())
        self.bars, self.binding = bars, binding
        self.expect(OPENING[opened.text], opened)
        self.depth -= 1
        if function not in _EXTREMES:
            fact = f"what does this {token.text} run over?"
            raise self.fault(fact, "Write sum(s_j for j != y), or sum_{j != y} s_j.", token)
        if len(args) == 1 and args[0].op is Op.SET and args[0].args:
            args = list(args[0].args)
        return self.node(Op.CALL, tuple(args), Callee(function), token.start)


def _all(conditions: Sequence[Node]) -> Node:
    if len(conditions) == 1:
        return conditions[0]
    span = Span(conditions[0].span.start, conditions[-1].span.end)
    return Node(Op.AND, tuple(conditions), None, span)
