"""A small exam that asks for every kind of answer, read once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tripos.exam.item import Exam
from tripos.exam.reading import read

EXAM = """---
title: Every kind
points: 34
seed: "7"
---

# Section one {#s1}

## A truth {#q1 points=2 rule=truth wrong=-1}
`? true`

## A choice {#q2 points=4 rule=deduct error=1 floor=-2}
- `? 1 + 1 = 2` one
- `? 1 + 1 = 3` two
- `? false` three

## Nothing holds {#q3 points=2 rule=exact}
- [ ] one
- [ ] two

## A table {#q4 points=2}
`? table(3x32x32 -> CONV3-8 -> FC-10, volume, parameters)`{form=product}

## A graph {#q5 points=3}
```graph {ask=gradients}
x = 3
y = -2
p = x * y
f = p * x
```

## A matrix {#q6 points=2}
`? [1, -1/4; 0, 1]`

## A mask {#q7 points=2}
`? mask([1, 0; 0, 1])`

## A set {#q8 points=2}
`? {1, 2}`

## A vector {#q9 points=2}
`? [1, 1/2]`

## A word {#q10 points=2}
`? "ReLU"`

## A formula {#q11 points=2}
```let
a : real
```
`? 2*a + 1`

## A constraint {#q12 points=2}
```let
b : real
```
`? b = 1`

## Words beside a number {#q13 points=4}
`? 40*log(2)`{points=2} and why?

::: {.rubric points=2}
- +2 says that it is `= 6*7` or $\\show{1/2}$
:::

## Words alone {#q14}
::: {.rubric points=3}
- +3 says why
:::
"""


@pytest.fixture(scope="session")
def exam() -> Exam:
    return read(EXAM, "exam.md").whole()


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file and gives its path."""

    def write(content: str | bytes, name: str = "answers.jsonl") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return path

    return write
