"""Whether a real engine counts what the program counts.

For each report: the query that `barometer sql` prints is run by DuckDB on the responses as CSV and
as Parquet with typed columns, and the numbers of the report with that tally must be those with the
responses, to 1e-9 relative. The texts for PostgreSQL and Spark are parsed in their dialect,
translated to DuckDB and run as well. Cells outside the codebook must be refused from either.

    target/engine/bin/python tests/engine/check.py target/release/barometer [--update]

`--update` writes the tallies of tests/fixtures/counted again, which the Rust tests read.
"""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import sqlglot

ROOT = Path(__file__).parent.parent.parent
RELATIVE, ABSOLUTE = 1e-9, 1e-12
# What tells a row of the results from the others.
KEYS = ["test", "question", "item", "item_ref", "estimator", "row", "group_var", "group_ref", "group",
        "wave", "wave_before", "provenance", "groups"]
# Whole numbers, numbers, texts: as a table with types has them.
TYPED = "auto_type_candidates = ['BIGINT', 'DOUBLE', 'VARCHAR']"


def barometer(program, *arguments):
    run = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    return run.returncode, run.stdout, run.stderr


class Report:
    """A copy of the data of a report in a folder of its own."""

    def __init__(self, program, source, change=lambda text: text):
        self.program = program
        self.folder = Path(tempfile.mkdtemp(prefix="barometer-engine-"))
        shutil.copytree(source / "data", self.folder / "data")
        settings = (source / "barometer.toml").read_text(encoding="utf-8")
        (self.folder / "barometer.toml").write_text(change(settings), encoding="utf-8")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def responses(self, wave):
        return self.folder / "data" / wave / "responses.csv"

    def waves(self):
        return sorted(path.parent.name for path in self.folder.glob("data/*/responses.csv"))

    def query(self, wave, table, dialect="duckdb"):
        code, text, told = barometer(
            self.program, "sql", self.folder, "--wave", wave, "--table", table, "--dialect", dialect)
        assert code == 0, told
        return text

    def count(self, wave, query):
        """Puts the tally in the place of the responses."""
        tally = self.folder / "data" / wave / "tally.csv"
        duckdb.sql(f"COPY ({query.rstrip().rstrip(';')}) TO '{tally}' (HEADER)")
        self.responses(wave).unlink()
        return tally

    def results(self):
        code, text, told = barometer(self.program, "results", self.folder, "--format", "json")
        assert code == 0, told
        return json.loads(text)

    def refusal(self):
        code, text, told = barometer(self.program, "results", self.folder)
        assert (code, text) == (1, ""), told
        return sorted({line[6:10] for line in told.splitlines() if line.startswith("error[")})


def as_csv(path):
    return f"read_csv('{path}', header = true, all_varchar = true)"


def as_parquet(path):
    parquet = path.with_suffix(".parquet")
    duckdb.sql(f"COPY (FROM read_csv('{path}', header = true, {TYPED})) TO '{parquet}'")
    return f"read_parquet('{parquet}')"


def same(one, other):
    numbers = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in (one, other))
    if not numbers:
        return one == other
    gap = abs(one - other)
    return gap <= max(RELATIVE * max(abs(one), abs(other)), ABSOLUTE)


def lost(row):
    """What a tally does not carry: quantiles of a number with decimals."""
    return row["question"] == "income" and row["estimator"][:3] in ("med", "q25", "q75")


def compare(name, wanted, got):
    """Compares every cell of every row; gives how many rows were compared."""
    compared = 0
    for kind in ("estimates", "tests", "superseded"):
        rows = {}
        for row in got[kind]:
            rows.setdefault(str([row.get(key) for key in KEYS]), []).append(row)
        for row in wanted[kind]:
            if lost(row):
                continue
            key = str([row.get(key) for key in KEYS])
            found = rows.get(key) or []
            assert found, f"{name}: {key} is missing"
            other = found.pop(0)
            for field, value in row.items():
                assert same(value, other[field]), f"{name}: {key}: {field} is {other[field]}, not {value}"
            compared += 1
        left = [key for key, found in rows.items() if found]
        assert not left, f"{name}: {left[0]} is too much"
    return compared


def check_numbers(program, name, source, change=lambda text: text, dialects=("postgres", "spark"), update=False):
    """The numbers of a report, whatever counted."""
    with Report(program, source, change) as report:
        wanted = report.results()
    hidden = sum(row["flag"] == "hidden" for row in wanted["estimates"])
    ways = {"csv": as_csv, "parquet": as_parquet}
    for way, table in ways.items():
        with Report(program, source, change) as report:
            for wave in report.waves():
                query = report.query(wave, table(report.responses(wave)))
                tally = report.count(wave, query)
                if update and way == "csv":
                    shutil.copy(tally, source / "tallies" / f"{wave}.csv")
            compared = compare(f"{name}, {way}", wanted, report.results())
        print(f"{name}, {way}: {compared} rows equal, {hidden} of them hidden")
    for dialect in dialects:
        with Report(program, source, change) as report:
            for wave in report.waves():
                text = report.query(wave, "responses", dialect)
                [query] = sqlglot.transpile(text, read=dialect, write="duckdb", error_level=sqlglot.ErrorLevel.RAISE)
                duckdb.sql(f"CREATE OR REPLACE TABLE responses AS FROM {as_csv(report.responses(wave))}")
                report.count(wave, query)
            compared = compare(f"{name}, {dialect}", wanted, report.results())
        print(f"{name}, {dialect} translated: {compared} rows equal")


WRONG = [
    ("2019", "agree", "maybe", "B215"),
    ("2019", "region", "west", "B215"),
    ("2019", "themes_energy", "x", "B215"),
    ("2019", "likes", "red pink", "B215"),
    ("2019", "colour_1", "pink", "B215"),
    ("2019", "score", "11", "B239"),
    ("2019", "score", "2.5", "B239"),
    ("2019", "children", "1.5", "B239"),
    ("2019", "children", "two", "B109"),
    ("2019", "income", "much", "B109"),
    ("2019", "weight", "-1", "B231"),
    ("2019", "weight", "", "B231"),
    ("2019", "weight", "heavy", "B109"),
    ("2019", "size", "7", "B240"),
    ("2020", "school", "", "B111"),
    ("2021", "age", "ancient", "B238"),
    ("2021", "remark", None, "B230"),
]


def spoil(report, wave, column, text):
    """Writes a wrong cell; without a text, names a respondent twice."""
    with open(report.responses(wave), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for at, row in enumerate(rows):
        if text is None:
            row["id"] = str(max(at, 1))
        elif at == 3:
            row[column] = text
    with open(report.responses(wave), "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def check_refusals(program, source):
    """What stands outside the codebook is refused from responses and tally alike."""
    for wave, column, text, code in WRONG:
        named = 'id = "id", ' if text is None else ""
        change = lambda settings: settings.replace(f"[waves.{wave}]\ndesign = {{ ", f"[waves.{wave}]\ndesign = {{ {named}")
        codes = []
        for counted in (False, True):
            with Report(program, source, change) as report:
                spoil(report, wave, column, text)
                if counted:
                    report.count(wave, report.query(wave, as_csv(report.responses(wave))))
                codes.append(report.refusal())
        assert codes == [[code], [code]], f"{column} = {text}: {codes}"
        print(f"{column} = {text!r}: refused, {code} in answers and in a tally")


def main():
    program = str(Path(sys.argv[1]).resolve())
    shown = lambda text: text.replace('simulated = "hide"', 'simulated = "show"')
    fixtures = ROOT / "tests" / "fixtures"
    check_numbers(program, "three designs", fixtures / "counted", update="--update" in sys.argv)
    check_refusals(program, fixtures / "counted")
    check_numbers(program, "every kind of question", fixtures / "kinds")
    check_numbers(program, "the Belgian report", ROOT, shown, dialects=("spark",))


main()
