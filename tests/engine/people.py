"""The made-up answers of tests/fixtures/counted: three waves with a design each.

Deterministic: `python3 tests/engine/people.py` writes the same files again."""

import csv
import random
from pathlib import Path

HERE = Path(__file__).parent
FIXTURE = HERE.parent / "fixtures" / "counted" / "data"

THEMES = ["energy", "mobility", "waste", "none", "dk"]
COLOURS = ["red", "green", "blue"]
AGREE = ["no", "rather_no", "neither", "rather_yes", "yes", "dk"]


def ticks(rng, lean):
    """Ticked options of the themes; none of them for whoever was not asked."""
    if rng.random() < 0.08:
        return {name: "" for name in THEMES}
    if rng.random() < 0.06:
        return {name: "1" if name == "dk" else "" for name in THEMES}
    if rng.random() < 0.1:
        return {name: "1" if name == "none" else "0" for name in THEMES}
    odds = {"energy": 0.3 + lean, "mobility": 0.45, "waste": 0.2}
    return {name: ("1" if rng.random() < odds.get(name, 0) else "0") for name in THEMES}


def ranks(rng):
    """Up to two colours in order; some ranked one twice or left the first out."""
    chance = rng.random()
    if chance < 0.07:
        return "", ""
    first, second = rng.sample(COLOURS, 2)
    if chance < 0.12:
        return first, first
    if chance < 0.16:
        return "", second
    return (first, "") if chance < 0.3 else (first, second)


def person(rng, region):
    sex, age = rng.choice(["f", "m"]), rng.choice(["young", "middle", "old"])
    lean = {"north": 0.25, "south": 0.0, "isles": 0.1}[region]
    row = {"region": region, "sex": sex if rng.random() > 0.03 else "", "age": age}
    row.update({f"themes_{name}": tick for name, tick in ticks(rng, lean).items()})
    row["likes"] = " ".join(name for name in COLOURS if rng.random() < 0.4)
    row["agree"] = "" if rng.random() < 0.06 else rng.choices(AGREE, [1, 2, 3, 4, 3, 1])[0]
    row["colour_1"], row["colour_2"] = ranks(rng)
    row["score"] = "" if rng.random() < 0.05 else str(min(10, max(0, round(rng.gauss(5 + 4 * lean, 2)))))
    row["children"] = "" if rng.random() < 0.05 else str(rng.choices(range(5), [5, 3, 3, 1, 1])[0])
    income = "" if rng.random() < 0.1 else f"{rng.lognormvariate(7.5, 0.4):.2f}"
    row["income"] = income
    row["remark"] = rng.choice(["", "fine", "so so, \"really\""])
    return row


def wave(name, rows):
    folder = FIXTURE / name
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "responses.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def stratified(rng):
    """Strata with their sizes in a column, uneven weights, some of weight 0."""
    sizes = {"north": (70, 900), "south": (50, 400), "isles": (6, 6)}
    rows = []
    for region, (n, size) in sizes.items():
        for _ in range(n):
            weight = 0 if rng.random() < 0.03 else round(size / n * rng.uniform(0.5, 1.8), 3)
            rows.append({"size": size, "weight": weight, **person(rng, region)})
    rng.shuffle(rows)
    return rows


def clustered(rng):
    """Schools within regions, by a frame of schools; weights follow from it."""
    rows = []
    for region, schools in {"north": 6, "south": 4, "isles": 1}.items():
        for school in range(schools):
            for _ in range(rng.randint(3, 9)):
                rows.append({"school": f"{region[0]}{school}", **person(rng, region)})
    return rows


def raked(rng):
    """Uneven weights, raked to sex and age."""
    rows = []
    for _ in range(70):
        region = rng.choices(["north", "south", "isles"], [6, 4, 1])[0]
        row = person(rng, region)
        row["sex"] = row["sex"] or "f"
        rows.append({"weight": round(rng.uniform(0.5, 3), 4), **row})
    return rows


if __name__ == "__main__":
    wave("2019", stratified(random.Random(19)))
    wave("2020", clustered(random.Random(20)))
    wave("2021", raked(random.Random(21)))
