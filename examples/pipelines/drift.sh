#!/bin/sh
# Says in Markdown what differs between this folder's configuration and Talq, and
# on which agent. It changes nothing. Run it where you run terraform plan, and give
# it the same options:
#
#   pipelines/drift.sh -var-file=production.tfvars
#
# Not -refresh=false, -minimal-refresh or -target: with these a plan does not read all
# that somebody may have changed.
#
# It ends with
#   0  nothing differs
#   2  something does: the plan has changes, or a check failed, or something that
#      cannot be read has changed, which only the warnings of a plan tell
#   1  the plan failed, so nobody knows
#
# It takes from the environment
#   DRIFT_REPORT  the file to write the report to; standard output where not set
#   DRIFT_PLAN    the file to save the plan in, for terraform apply. It holds
#                 values of headers in plain text
#   DRIFT_IGNORE  what is reported and yet counts as no drift: "hidden", "checks",
#                 or both
#   DRIFT_TITLE   the report's heading; "Drift" where not set
#   TERRAFORM     the command to run, such as tofu; terraform where not set
#
# It needs nothing else. Terraform itself reads the JSON and writes the report, in
# report/main.tf: jq is not on every machine, and tools that go by lines, such as
# awk or grep, take a text inside a value for a part of the plan.

set -u

terraform=${TERRAFORM:-terraform}
report=$(CDPATH='' cd -- "$(dirname -- "$0")/report" && pwd) || exit 1
if ! command -v "$terraform" >/dev/null 2>&1; then
  echo "drift.sh: there is no $terraform on the PATH. Install it, or set TERRAFORM." >&2
  exit 1
fi

# The plan as JSON holds secrets in plain text: nobody else may read it, and it
# goes away however this ends.
umask 077
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# Relative, where it is given, to the folder in which this was called.
plan=${DRIFT_PLAN:-$work/plan.tfplan}

"$terraform" plan -json -detailed-exitcode -input=false -out="$plan" "$@" >"$work/stream.jsonl"
code=$?
case $code in 0 | 2) ;; *) code=1 ;; esac # such as 137, where it was killed

echo '{}' >"$work/plan.json"
if [ "$code" -ne 1 ] && ! "$terraform" show -json "$plan" >"$work/plan.json"; then
  echo "drift.sh: the plan was made but cannot be shown." >&2
  exit 1
fi

# A folder of its own, and nothing of what is set for the configuration at hand.
cp "$report"/*.tf "$work/" || exit 1
if ! (
  unset TF_WORKSPACE TF_CLI_ARGS TF_CLI_ARGS_apply TF_CLI_ARGS_output TF_LOG
  cd "$work" || exit 1
  export TF_DATA_DIR="$work/.terraform" TF_VAR_folder="$work" TF_VAR_code="$code" TF_VAR_ignore="${DRIFT_IGNORE:-}" TF_VAR_title="${DRIFT_TITLE:-Drift}"
  "$terraform" apply -auto-approve -input=false -no-color >report.log 2>&1 &&
    "$terraform" output -raw result >result 2>report.log ||
    { cat report.log >&2; exit 1; }
); then
  echo "drift.sh: the report could not be written." >&2
  exit 1
fi

# The first line is what to end with.
if [ -n "${DRIFT_REPORT:-}" ]; then
  sed 1d "$work/result" >"$DRIFT_REPORT" || exit 1
else
  sed 1d "$work/result"
fi
exit "$(sed q "$work/result")"
