#!/bin/sh
# Prints all entities of a blueprint in Port, up to 1,000 on a line.
#
#   sh port.sh service > port-export.json
#
# Needs curl and jq, and in the environment PORT_CLIENT_ID and PORT_CLIENT_SECRET. For an account in the United States,
# PORT_API is https://api.us.port.io/v1.
set -eu
: "${PORT_CLIENT_ID:?}" "${PORT_CLIENT_SECRET:?}" "${1:?the blueprint is missing}"
api=${PORT_API:-https://api.port.io/v1}
blueprint=$(printf %s "$1" | jq -sRr @uri)

# The answer is in `answer`. An error ends the script, so that an export with missing pages is not taken for a whole one.
post() { # PATH, JSON, and more options of curl
  path=$1 json=$2
  shift 2
  answer=$(curl -sS --fail-with-body -H 'Content-Type: application/json' -d "$json" "$@" "$api/$path") || {
    code=$?
    printf '%s\n' "$answer" >&2
    exit "$code"
  }
}

post auth/access_token "$(jq -nc '{clientId: env.PORT_CLIENT_ID, clientSecret: env.PORT_CLIENT_SECRET}')"
token=$(printf '%s\n' "$answer" | jq -r .accessToken)
query='{"limit":1000}'
while [ -n "$query" ]; do
  post "blueprints/$blueprint/entities/search" "$query" -H "Authorization: Bearer $token"
  printf '%s\n' "$answer"
  query=$(printf '%s\n' "$answer" | jq -c 'select(.next) | {limit: 1000, from: .next}')
done
