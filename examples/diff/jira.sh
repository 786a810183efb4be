#!/bin/sh
# Creates a Jira issue for each line of standard input, unless an open issue has the same label.
#
#   dora-score diff last.json now.json -f jira --jira-project OPS | sh jira.sh
#
# Needs curl and jq, and in the environment JIRA_URL (such as https://example.atlassian.net), JIRA_USER (an email
# address) and JIRA_TOKEN (an API token).
set -eu

jira() { # PATH, and more options of curl
  path=$1
  shift
  curl -sS --fail-with-body -u "$JIRA_USER:$JIRA_TOKEN" -H 'Accept: application/json' "$JIRA_URL/rest/api/3/$path" "$@"
}

while IFS= read -r issue; do
  project=$(printf '%s\n' "$issue" | jq -r .fields.project.key)
  label=$(printf '%s\n' "$issue" | jq -r '.fields.labels[0]')
  # an error ends the script here, before it could create an issue twice
  found=$(jira search/jql --get --data-urlencode maxResults=1 --data-urlencode fields=summary \
    --data-urlencode "jql=project = \"$project\" AND labels = \"$label\" AND statusCategory != Done")
  key=$(printf '%s\n' "$found" | jq -r '.issues[0].key // empty')
  if [ -n "$key" ]; then
    echo "$key is open already"
  else
    created=$(printf '%s\n' "$issue" | jira issue -H 'Content-Type: application/json' --data-binary @-)
    printf '%s\n' "$created" | jq -r '"created \(.key)"'
  fi
done
