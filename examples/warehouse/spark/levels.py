"""Grades JSON lines with a compiled query: levels.py QUERY ENTITIES OUTPUT."""

import pathlib
import sys

from pyspark.sql import SparkSession

query, entities, output = sys.argv[1:]
spark = SparkSession.builder.appName("levels").getOrCreate()
spark.read.text(entities).withColumnRenamed("value", "entity").createOrReplaceTempView("entities")
spark.sql(pathlib.Path(query).read_text(encoding="utf-8")).write.mode("overwrite").parquet(output)

judged = spark.read.parquet(output).where("scorecard = 'dora_deploy_freq' AND NOT no_data")
count = judged.count()
below = judged.where("rank < 1").orderBy("identifier").collect()
spark.stop()
for row in below:
    print(f"{row.identifier} {row.scorecard}: {row.level}, minimum Bronze")
if count == 0:
    print("nothing to judge")
sys.exit(1 if below or count == 0 else 0)
