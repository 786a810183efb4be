#!/bin/sh
# Writes models/levels.sql. Run it after each change of the scorecards. Options are those of `dora-score sql`, except
# `--from`: the model reads `services`. DIALECT=postgres or DIALECT=spark writes for another engine.
set -eu
case " $*" in *' --from'*)
  echo 'the model reads `services`: change models/services.sql instead of --from' >&2
  exit 2 ;;
esac
model="$(dirname "$0")/models/levels.sql"
query=$(dora-score sql --dialect "${DIALECT:-duckdb}" "$@")
if printf '%s' "$query" | tr '\n' ' ' | grep -q '{%[^%]*endraw'; then
  echo 'a value of the scorecards contains `{% endraw`, which would end the raw block' >&2
  exit 1
fi
cat > "$model" <<END
WITH entities AS (SELECT * FROM {{ ref('services') }})
SELECT * FROM ({% raw %}
$query
{% endraw %}) AS levels
END
