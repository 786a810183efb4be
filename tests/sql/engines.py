"""The engines: each loads entities into `entities` and runs a query."""

from generate import dumps


class DuckDb:
    dialect = "duckdb"
    # whether the text of every number is exact
    number_text = True
    TYPES = {"number": "DOUBLE", "integer": "BIGINT", "text": "VARCHAR", "boolean": "BOOLEAN", "text[]": "VARCHAR[]", "number[]": "DOUBLE[]", "json": "JSON"}

    def __init__(self, _start):
        import duckdb

        self.connection = duckdb.connect()
        self.connection.execute("SET threads = 1")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def load_json(self, entities):
        self.connection.execute("CREATE OR REPLACE TABLE entities AS SELECT CAST(unnest(CAST(? AS VARCHAR[])) AS JSON) AS entity", [entities])

    def load_columns(self, columns, _count):
        values = [[None if one is None else dumps(one) for one in values] if kind == "json" else values for _, kind, values in columns]
        listed = ", ".join(
            f"unnest(CAST(? AS {self.TYPES[kind]}[])) AS \"{name.replace(chr(34), chr(34) * 2)}\"" for name, kind, _ in columns)
        self.connection.execute(f"CREATE OR REPLACE TABLE entities AS SELECT {listed}", values)

    def query(self, text):
        return self.connection.execute(text).fetchall()


ENGINES = {"duckdb": DuckDb}
