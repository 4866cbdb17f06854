#!/usr/bin/env bash
# Shows that the suite can fail: it has to pass against a faithful cart service, and against one that breaks a promise it
# has to say which. Takes two minutes; needs k6 and JDK 25, and no cluster.
set -euo pipefail
cd "$(dirname "$0")/.."
. ./cluster.sh
ports=(18091 18092 18093)
base_urls=http://127.0.0.1:18091,http://127.0.0.1:18092,http://127.0.0.1:18093
results=$(mktemp -d)
java=$(java25)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$results"' EXIT

# against FAULT STATUS PATTERN [ARGUMENTS OF k6]: with this fault k6 ends with this status, and the thresholds of the audit that
# do not hold are those of the pattern
against() {
  local fault=$1 status=$2 pattern=$3 actual=0 failed
  "$java" self-test/UnfaithfulCarts.java "$fault" "${ports[@]}" &
  server=$!
  rm -f "$results"/*
  k6 run -q -e PROFILE=smoke -e RATE=50 -e DURATION=6s -e BASE_URLS=$base_urls -e RESULTS="$results" "${@:4}" cart.js \
    > "$results/out" 2>&1 || actual=$?
  kill "$server" && { wait "$server" || true; } 2> /dev/null
  server=
  failed=$(sed -n 's/^ *FAIL  \(audit_[a-z_]*\).*/\1/p' "$results/out" | sort -u | paste -sd' ')
  if [ $actual != "$status" ] || ! grep -qxE "$pattern" <<< "$failed"; then
    cat "$results/out"
    echo "fault $fault: k6 ended with $actual instead of $status; of the audit failed: $failed" >&2
    exit 1
  fi
  echo "fault $fault: k6 ended with $actual; of the audit failed: ${failed:-nothing}"
}

against none 0 ''
# Behind a balancer, and for a token only; without it the first request is refused
against hidden 0 '' -e TOKEN=operator
against hidden 107 audit_carts_compared
against lose 99 audit_lost
# An add that counts twice, to a line that was there before, looks like one that is back
against double 99 'audit_doubled( audit_resurfaced)?'
# A line that is back in a guest's cart comes into the customer's with it
against resurrect 99 '(audit_doubled )?audit_resurfaced'
against lose-shared 99 audit_shared_missing
against double-shared 99 audit_shared_surplus
# Of the orders only every third is forgotten, and in six seconds hardly more than that many are made
against forget-order 99 audit_lost -e DURATION=12s
# Found before the load begins; k6 ends with 107 when its script ends in an error
against apart 107 audit_carts_compared
