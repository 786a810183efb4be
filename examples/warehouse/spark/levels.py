"""Grades JSON lines with a compiled query: levels.py QUERY ENTITIES OUTPUT. Exits with 1 if a service is below Bronze."""

import pathlib
import sys

from pyspark.sql import SparkSession

query, entities, output = sys.argv[1:]
spark = SparkSession.builder.appName("levels").getOrCreate()
spark.read.text(entities).withColumnRenamed("value", "entity").createOrReplaceTempView("entities")
spark.sql(pathlib.Path(query).read_text()).write.mode("overwrite").parquet(output)

levels = spark.read.parquet(output)
below = levels.where("scorecard = 'dora_deploy_freq' AND rank < 1 AND NOT no_data").orderBy("identifier").collect()
spark.stop()
for row in below:
    print(f"{row.identifier} {row.scorecard}: {row.level}, minimum Bronze")
sys.exit(1 if below else 0)
