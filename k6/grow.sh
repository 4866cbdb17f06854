#!/usr/bin/env bash
# Load while three instances become five and three again, and the audit afterwards.
#
#   k6/grow.sh [SECONDS [ARGUMENTS OF k6]]        240 seconds where not said
#
# Starts a cluster of its own, as cluster.sh does, and two more instances that wait to be taken in. Clients use the first
# and the third, which stay. Under load, node-4 and node-5 join by one plan, then node-2 and node-5 leave by another; what
# each plan said is compared with what moved. Ends as k6 does, or with 1 if that is not the same.
set -euo pipefail
cd "$(dirname "$0")/.."
. k6/cluster.sh
without_c2_below 5

seconds=${1:-240}
warm_up=60
log=$CLUSTER_DIR/k6.log

# Says something to the ring by node-1. Not by the command, since each is a JVM that would take the processor from the instances
ring() { curl -sf -H 'Content-Type: application/json' "$(url 1)/actuator/ring${1:-}" ${2:+-d "$2"}; }

# Partitions that have moved to any of the instances
taken() {
  local i sum=0 value
  for i in 1 2 3 4 5; do
    value=$(curl -sf "$(url "$i")/actuator/metrics/dynamo.store.partitions.taken" | sed -nE 's/.*"value":([0-9]+).*/\1/p')
    sum=$((sum + ${value:-0}))
  done
  echo $sum
}

# Carries a wish out, and says how long it took and whether what moved is what was shown
change() {
  local shown plan moves before moved begun=$SECONDS
  before=$(taken)
  shown=$(ring /plan "{\"$1\": \"$2\"}")
  plan=$(sed -E 's/.*"id":"([^"]*)".*/\1/' <<< "$shown")
  # Copies of partitions that the plan has each instance get
  moves=$(sed -E 's/.*"incoming":\{([^}]*)\}.*/\1/' <<< "$shown" | grep -oE ':[0-9]+' | awk -F: '{ sum += $2 } END { print sum }')
  echo "$(date +%T) $*: $shown"
  ring /commit "{\"id\": \"$plan\"}" > /dev/null
  while ring | grep -q '"committed":'; do sleep 0.5; done
  moved=$(($(taken) - before))
  echo "$(date +%T) $* took $((SECONDS - begun)) s, $moves copies of partitions shown, $moved moved"
  [ "$moves" = "$moved" ] || same=1
}

same=0
trap stop_cluster EXIT
stop_cluster
use_trained_jar
start_cluster 3
for i in 4 5; do start_instance $i; done
sleep 10
k6 run -q --log-output=file="$log" -e PROFILE=grow -e WARM_UP=${warm_up}s -e DURATION="${seconds}s" \
  -e BASE_URLS="$(url 1),$(url 3)" "${@:2}" k6/cart.js &
load=$!

sleep $((warm_up + 15))
change join node-4,node-5
change leave node-2,node-5
kill -0 $load 2> /dev/null || echo "The load ended before the changes: say more seconds" >&2

status=0
wait $load || status=$?
ring
echo
echo "k6 ended with $status"
exit $((status != 0 ? status : same))
