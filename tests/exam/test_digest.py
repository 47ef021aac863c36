"""The digest: every change that may decide a mark changes it, and the file's name and place do not."""

import pytest

from tripos.exam.reading import read

EXAM = """---
title: Trial
minutes: 30
seed: s
points: 4
conventions: {pooling: floor}
---

# Section {#s rule=truth wrong=-1 each=2}

```let
n ~ {1, 2}
net = 3x8x8 -> CONV3-4
```

## First {#a}

`? parameters(net)`{#size key=112 also=113 form=product form-points=1 because=so}

## Second {#b rule=cells choose=one}

- [x] yes
- [ ] no

::: {.rubric points=1 lines=3}
- +1 it
:::

```graph {ask=gradients}
x = 3
f = x * x
```

| a | b |
|---|---|
| one | two |
"""

CHANGES = {
    "the seed": ("seed: s", "seed: t"),
    "the points of the exam": ("points: 4", "points: 5"),
    "a convention": ("pooling: floor", "pooling: ceiling"),
    "a convention that is left out": ("conventions: {pooling: floor}\n", ""),
    "the points of a question": ("{#a}", "{#a points=1}"),
    "a rule": ("rule=truth", "rule=cells"),
    "a number of a rule": ("wrong=-1", "wrong=-2"),
    "each": ("each=2", "each=3"),
    "a draw": ("n ~ {1, 2}", "n ~ {1, 3}"),
    "a definition": ("net = 3x8x8", "net = 3x9x9"),
    "a key": ("parameters(net)", "weights(net)"),
    "the second name of a gap": ("{#size ", "{#length "),
    "an expectation": ("key=112", "key=111"),
    "what is also accepted": ("also=113", "also=114"),
    "a form": ("form=product", "form=fraction"),
    "the points of a form": ("form-points=1", "form-points=0"),
    "a reason": ("because=so", "because=thus"),
    "a box that is unticked": ("[x]", "[ ]"),
    "a choice of one": ("choose=one", "choose=any"),
    "an id": ("{#b ", "{#c "),
    "the points of a rubric": (".rubric points=1", ".rubric points=2"),
    "a rubric": ("+1 it", "+2 it"),
    "a class": (".rubric", ".note"),
    "what a graph asks": ("ask=gradients", "ask=values"),
    "a line of a graph": ("x = 3", "x = 4"),
    "the level of a heading": ("## Second", "### Second"),
    "a word of the text": ("yes", "yes, always"),
    "where a word stands": ("| one | two |", "| one two | |"),
}


@pytest.mark.parametrize(("old", "new"), CHANGES.values(), ids=CHANGES)
def test_the_digest_changes_with(old, new):
    assert EXAM.count(old) == 1
    assert read(EXAM.replace(old, new)).exam.digest != read(EXAM).exam.digest


@pytest.mark.parametrize(
    ("old", "new"), [("title: Trial", "title: Other"), ("minutes: 30", "minutes: 60"), ("\n\n##", "\n\n\n##")]
)
def test_the_digest_stays_with_what_decides_no_mark(old, new):
    assert read(EXAM.replace(old, new)).exam.digest == read(EXAM).exam.digest


def test_the_digest_does_not_change_with_the_name_of_the_file_or_its_folder():
    assert read(EXAM, "here/a.md").exam.digest == read(EXAM, "there/b.md").exam.digest
