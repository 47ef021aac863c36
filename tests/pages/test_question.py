"""What a question asks besides its text: how numbers are to be written, to which precision, and which words will do."""

from tripos.exam.reading import read
from tripos.pages.question import rules

BODY = """---
title: Asked
---

## Q {#q points=9}

```let
x : real
```

`? 8*28`{form=product form-points=1 points=2} `? pi`{digits=3 because=x} `? 1/3`{decimals=1}
`? max(0, x)`{piece-points=1} `? "A"`{words="A; B; neither" because=x} `? 2*3`{form=product form-points=1 points=2}
"""


def test_a_question_says_how_its_gaps_are_to_be_answered_and_each_thing_once() -> None:
    exam = read(BODY).whole()
    said = rules([item for item in exam.items() if item.asked])["q"]
    assert said.endswith(
        "Write numbers as a product; in another form a right number earns 1. "
        "Round numbers to 3 significant digits; exact ones are right too. "
        "Round numbers to 1 decimal; exact ones are right too. "
        "A formula that is right on most of its pieces, but not on all, earns 1. "
        "Answer one of: A; B; neither."
    )
