"""Random scorecards and entities, full of values that are easy to get wrong."""

import datetime
import decimal
import json
import random

PLAIN_NAMES = ["deploys", "lead_time", "tier", "owner", "language", "on_call", "last_audit", "tags", "notes", "score"]
HOSTILE_NAMES = [
    "Tier", "a'b", 'a"b', "a.b", "a/b", "a~b", "a~1b", "a\\b", "a b", "", "*", "0", "-1", "é", "É", "名前", "x--y", "/*x*/",
    "a$$", "a$[0]", "{{x}}", "a\nb", "title", "team", "rules", "entities", "scorecards", "identifier", "properties", "select",
    "ends\\", "v1_deploys", "level", "a`b", "%s", ":name", "?", "x" * 300,
    "a\r", "a\u2028b", "a\u0085b", "{% x %}", "a$1", "\u202ea", "😀", "x" * 63, "x" * 64, "İ", "i\u0307", "ß", "ẞ", "ſ", "s", "y" * 10_000,
]
METAS = ["$identifier", "$title", "$team", "$icon", "$blueprint", "$createdAt", "$createdBy", "$updatedAt", "$updatedBy"]
NUMBERS = [
    "0", "-0", "0.0", "-0.0", "1", "-1", "2", "3", "7", "7.0", "0.25", "0.1", "0.5", "2.5", "10", "100", "30", "1e2", "1E+2",
    "1.50", "720", "-5", "1e15", "1e16", "1e21", "1e22", "1e23", "9007199254740991", "9007199254740993", "123456789012345678",
    "12345678901234567890", "123456789012345678901234567890", "1e-4", "1e-5", "1e-7", "0.000123", "5e-324", "1e-400",
    "1.7976931348623157e308", "2.2250738585072014e-308", "0.30000000000000004", "5.684341886080802e-14", "-123.456",
    "1234567.891", "4.35", "0.1000000000000000055511151231257827",
    "1234567890123456789012345", "9007199254740992", "-1e-400", "123456789012345", "0.00012345678901234", "1e14", "99999999999999.9",
]
TEXTS = [
    "", "a", "A", "b", "ab", "abc", "Abc", "7", "7.0", "0", "1", "-", ".", "1.", "null", "true", "[1]", "{}", "[]", "NaN",
    "it's", 'say "hi"', "back\\slash", "\\", "line\nbreak", "tab\t", "é", "e\u0301", "名前", "😀", "%", "_", "a%b", "--", "*/", "$$",
    "{{x}}", "'; DROP TABLE entities; --", "\u202e", "\u00a0", " a", "a ", "gold", "x" * 500, "now", "infinity",
    "\r", "a\u2028", "\u0085", "{% x %}", "$1", "%s", ":name", "?", "/*", "'", '"', "`", "\\'", "İ", "ß", "ſ", "y" * 10_000,
]
DATES = [
    "2026-01-31T00:00:00Z", "2026-01-31t00:00:00z", "2026-01-31 00:00:00Z", "2026-01-31T02:00:00+02:00", "2026-01-30T23:30:00-00:30",
    "2026-01-31T00:00:00.000000000999Z", "2026-01-31T00:00:00.1Z", "2026-01-31T23:59:59.999999999Z", "2026-01-31T23:59:59.9999999999Z",
    "2026-01-31", "2026-02-28", "2026-02-29", "2024-02-29", "2000-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10",
    "2026-01-00", "0000-02-29", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59Z", "1969-12-31T23:59:59.5Z",
    "2026-01-31T00:00:60Z", "2026-01-31T24:00:00Z", "2026-01-31T00:00:00", "2026-01-31T00:00:00.Z", "2026-01-31T00:00:00+0200",
    "2026-01-31T00:00:00+24:00", "2026-01-31T00:00Z", "２０26-01-31T00:00:00Z", "2026-01-31T00:00:00Z\n", "2026-01-31\n",
    "2025-12-15T12:00:00Z", "2026-01-24T00:00:00Z", "2026-02-07T00:00:00Z", "2026-01-30", "2026-02-01",
    "9999-12-31T23:59:59.9999999999-23:59", "0000-01-01T00:00:00+23:59", "2024-02-29t23:59:60z", "2024-02-29T23:59:59.1234567891234567z",
    "2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.500000001Z", "2100-02-29T00:00:00Z", "0400-02-29T00:00:00-00:00", "10000-01-01T00:00:00Z",
]
PRESETS = [
    "today", "tomorrow", "yesterday", "lastDay", "lastWeek", "last2Weeks", "lastMonth", "last3Months", "last6Months",
    "last12Months", "last2Years", "last3Years", "nextDay", "nextWeek", "next2Weeks", "nextMonth", "next3Months", "next6Months",
    "next12Months",
]


class Number:
    """A number as it is written in JSON."""

    def __init__(self, text):
        self.text = text


def dumps(value, compact=True):
    """Writes JSON, with numbers as they are."""
    comma, colon = (",", ":") if compact else (" ,\t", " : ")
    if isinstance(value, Number):
        return value.text
    if isinstance(value, dict):
        return "{" + comma.join(f"{json.dumps(key)}{colon}{dumps(item, compact)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + comma.join(dumps(item, compact) for item in value) + "]"
    return json.dumps(value, ensure_ascii=compact)


def is_short(text, digits):
    """Whether a number has at most so many digits, and is not subnormal."""
    number = decimal.Decimal(text)
    return number == 0 or len(number.normalize().as_tuple().digits) <= digits and abs(number) > decimal.Decimal("2.3e-308")


class Generator:
    def __init__(self, seed, hostile=True, apart=False, digits=None, number_text=True, wide=False):
        self.random = random.Random(seed)
        names = PLAIN_NAMES + (HOSTILE_NAMES if hostile else [])
        self.names = self.random.sample(names, self.random.randint(2, 7))
        # whether a relation never has the name of a property
        self.apart = apart
        # the most digits that a number has
        self.digits = digits
        # whether operators on text may ask for text that a number contains
        self.number_text = number_text
        self.live = self.random.random() < 0.2
        # whether there are so many conditions that a dialect stores booleans in lists
        self.wide = wide

    def chance(self, share):
        return self.random.random() < share

    def number(self):
        if self.chance(0.2):
            return Number(repr(self.double(-1000, 1000)))
        return Number(self.random.choice([text for text in NUMBERS if self.digits is None or is_short(text, self.digits)]))

    def double(self, least, most):
        number = self.random.uniform(least, most)
        return number if self.digits is None else float(f"{number:.{self.digits - 1}g}")

    def date(self):
        if self.live and self.chance(0.7):
            now = datetime.datetime.now(datetime.timezone.utc)
            near = now + datetime.timedelta(days=self.random.randint(-400, 400), hours=self.random.choice([-7, 7]))
            return near.strftime("%Y-%m-%dT%H:%M:%SZ")
        return self.random.choice(DATES)

    def text(self):
        return self.date() if self.chance(0.3) else self.random.choice(TEXTS)

    def scalar(self):
        return self.random.choice([self.number, self.number, self.text, self.text, lambda: self.chance(0.5)])()

    def value(self):
        kind = self.random.randrange(10)
        if kind == 0:
            return None
        if kind == 1:
            return self.random.choice([[], {}, {"a": 1}, [[]], [None], [[1], {"b": 2}]])
        if kind <= 3:
            return [self.random.choice([self.scalar(), self.scalar(), None, {}]) for _ in range(self.random.randint(0, 4))]
        return self.scalar()

    def part(self):
        """The value of an operator on text."""
        if self.number_text:
            return self.random.choice([self.text(), self.number()])
        return "a" + self.text()

    def condition(self):
        name = self.random.choice(self.names)
        condition = {"property": name}
        kind = self.random.randrange(10)
        if kind == 0:
            condition = {"relation": self.relation(name)}
        elif kind == 1:
            condition = {"property": self.random.choice(METAS)}
        elif kind == 2 and name:
            condition = {"property": self.random.choice(["$relation." + self.relation(name), "$mirror." + name])}
        operator = self.random.choice(
            ["=", "!=", ">", ">=", "<", "<=", ">", ">=", "contains", "doesNotContains", "containsAny", "in", "notIn", "beginsWith",
             "doesNotBeginsWith", "endsWith", "doesNotEndsWith", "between", "notBetween", "isEmpty", "isNotEmpty"])
        condition["operator"] = operator
        if operator in ("isEmpty", "isNotEmpty"):
            if self.chance(0.3):
                condition["not"] = self.chance(0.5)
        elif operator in ("between", "notBetween"):
            condition["value"] = self.range()
        elif operator in (">", ">=", "<", "<="):
            condition["value"] = self.random.choice([Number("0"), self.number(), self.number(), self.instant(), "4.5"])
        elif operator in ("containsAny", "in", "notIn"):
            condition["value"] = [self.scalar() for _ in range(self.random.randint(0, 4))]
        elif operator in ("beginsWith", "doesNotBeginsWith", "endsWith", "doesNotEndsWith"):
            condition["value"] = self.part()
        elif operator in ("contains", "doesNotContains"):
            several = [self.part() for _ in range(self.random.randint(0, 2))]
            condition["value"] = several if self.chance(0.3) else self.part()
        else:
            several = [self.scalar() for _ in range(self.random.randint(0, 3))]
            condition["value"] = self.random.choice([self.scalar(), self.scalar(), several, self.range()])
        return condition

    def relation(self, name):
        return "rel_" + name if self.apart else name

    def instant(self):
        return self.random.choice([date for date in DATES if date.endswith(("00Z", "00z"))][:3] + DATES[3:8])

    def range(self):
        if self.chance(0.6):
            return {"preset": self.random.choice(PRESETS)}
        ends = [("2026-01-01", "2026-01-31"), ("2026-01-31", "2026-01-31"), ("2026-01-31T00:00:00Z", "2026-01-31T00:00:00Z"),
                ("0000-01-01", "9999-12-31"), ("2024-02-29", "2026-01-31T00:00:00.000000001+00:00")]
        first, last = self.random.choice(ends)
        return {"from": first, "to": last}

    def query(self, depth=0):
        members = [
            self.query(depth + 1) if depth < 2 and self.chance(0.2) else self.condition()
            for _ in range(self.random.randint(1, 3))
        ]
        return {"combinator": self.random.choice(["and", "or"]), "conditions": members}

    def scorecards(self):
        cards = []
        for index in range(4 if self.wide else 18 if self.chance(0.03) else self.random.randint(1, 4)):
            titles = ["Basic", "Bronze", "Silver", "Gold"]
            card = {"identifier": self.random.choice([f"card{index}", f"it's \"{index}\" -- */ $$ \\"]), "rules": []}
            if self.chance(0.3):
                titles = [f"{title}'s \\ --\n{place}" for place, title in enumerate(["Low", "Mid", "High", "Top", "Peak"])]
                titles = titles[: self.random.randint(1, 5)]
                card["levels"] = [{"title": title} for title in titles]
            if self.chance(0.7):
                card["title"] = self.random.choice(["Title", "a -- b", "x\n y */ 'z", "ends \\", "{{ jinja }}", "$$ `b`", "t" * 300])
            blueprint = self.random.choice(["service", "service", "_team", "it's", None])
            if blueprint:
                card["blueprint"] = blueprint
            if self.chance(0.3):
                card["filter"] = self.query()
            if len(titles) > 1:
                for rule in range(100 if self.wide else self.random.randint(0, 6)):
                    level = self.random.choice(titles[1:])
                    card["rules"].append({"identifier": f"r{rule}\n'\\", "level": level, "query": self.query()})
            cards.append(card)
        return cards

    def entity(self):
        entity = {"identifier": self.random.choice([f"e{self.random.randrange(6)}", "it's \"e\"\n\\", "名前"])}
        self.meta(entity)
        values = {name: self.value() for name in self.names if self.chance(0.8)}
        if self.chance(0.3):
            own = ("identifier", "title", "blueprint", "team", "icon", "createdAt", "createdBy", "updatedAt", "updatedBy",
                   "properties", "relations", "scorecards")
            entity.update({name: value for name, value in values.items() if name not in own})
        else:
            entity["properties"] = values if self.chance(0.95) else None
            if self.chance(0.3):
                entity["deploys"] = self.value()
        if self.chance(0.7):
            entity["relations"] = {name: self.value() for name in self.names if self.chance(0.6)} if self.chance(0.95) else None
        items = list(entity.items())
        self.random.shuffle(items)
        return dict(items)

    def meta(self, entity):
        blueprint = self.random.choice(["service", "service", "service", "_team", "it's", "other", "", None, "missing"])
        if blueprint != "missing":
            entity["blueprint"] = blueprint
        if self.chance(0.7):
            entity["title"] = self.random.choice([self.text(), self.text(), None])
        if self.chance(0.7):
            entity["team"] = self.random.choice([self.text(), [self.text() for _ in range(self.random.randint(0, 3))], None, Number("3")])
        for name in ("icon", "createdAt", "createdBy", "updatedAt", "updatedBy"):
            if self.chance(0.5):
                entity[name] = self.value()

    def entities(self):
        entities = [self.entity() for _ in range(self.random.randint(5, 25))]
        # equal entities are two rows
        return entities + self.random.sample(entities, 1)

    def column(self, kind):
        """The type of a column and a function for its values."""
        number = lambda: self.random.choice([None, self.double(-50, 800), float(self.random.choice(["0", "0.1", "7", "2.5", "-0.0"]))])
        largest = 9007199254740993 if self.digits is None else 10**self.digits - 1
        integer = lambda: self.random.choice([None, 0, 1, 7, self.random.randint(-1000, 1000), largest])
        text = lambda: self.random.choice([None, self.text(), self.text()])
        boolean = lambda: self.random.choice([None, True, False])
        time = lambda zone: lambda: None if self.chance(0.2) else self.time(zone)
        date = lambda: None if self.chance(0.2) else self.time(None).date()
        several = lambda item: lambda: None if self.chance(0.2) else [item() for _ in range(self.random.randint(0, 3))]
        of_kind = {"number": [("number", number), ("integer", integer)], "text": [("text", text)], "boolean": [("boolean", boolean)]}
        times = [("text", text), ("timestamp", time(None)), ("timestamptz", time(datetime.timezone.utc)), ("date", date)]
        every = [one for some in of_kind.values() for one in some]
        every += [("text[]", several(text)), ("number[]", several(number)), ("json", self.value)]
        return self.random.choice(times if kind == "text or timestamp" else of_kind.get(kind, every))

    def time(self, zone):
        """A time at the ends of the ranges, or near now."""
        if self.live:
            near = datetime.datetime.now(zone) + datetime.timedelta(days=self.random.randint(-400, 400), hours=self.random.choice([-7, 7]))
            return near.replace(microsecond=self.random.choice([0, 1, 500_000]))
        texts = ["2026-01-31", "2026-01-31T23:59:59.999999", "2026-01-01", "2024-02-29", "2026-01-24T12:00:00.5", "2026-01-30T12:00:00", "2025-12-15", "1969-12-31T23:59:59.5", "0001-01-01", "9999-12-31T23:59:59"]
        return datetime.datetime.fromisoformat(self.random.choice(texts)).replace(tzinfo=zone)
