#!/usr/bin/env bash
# What clients notice of an instance that lost its disk and is filled again from the others.
#
#   k6/refill.sh [SECONDS OF FILLING [SECONDS OF QUIET]]        120 and 60 where not said
#
# Starts three instances, fills them with carts, then goes on with 200 requests a second at the first two. First nothing
# happens; then node-3 is killed, its directory deleted, and it is started again. Compares the p99 of the quiet time with
# that of the time in which partitions moved to node-3: ends with 1 if it is more than twice that. The instances run as in
# the image, with an AOT cache of an instance that has served (cart-app/train.sh).
set -euo pipefail
cd "$(dirname "$0")/.."
. k6/cluster.sh
without_c2_below 4

filling=${1:-120}
quiet=${2:-60}
warm_up=30
csv=$CLUSTER_DIR/k6.csv

ring() { curl -sf "$(url 1)/actuator/ring"; }

# p99 in milliseconds, and how many, of the requests that ended between two times
p99() {
  awk -F, -v from="$1" -v to="$2" '$1 == "http_req_duration" && $2 >= from && $2 < to { print $3 }' "$csv" | sort -n |
    awk '{ all[NR] = $1 } END { if (NR) printf "%.1f %d\n", all[int(NR * 0.99 + 0.999)], NR; else print "0 0" }'
}

trap stop_cluster EXIT
stop_cluster
use_trained_jar
start_cluster 3
k6 run -q --no-thresholds --log-output=none -e PROFILE=average -e SCENARIO=shop -e WARM_UP=0s -e DURATION="${filling}s" \
  -e BASE_URLS="$(urls)" -e RESULTS="$CLUSTER_DIR" k6/cart.js > /dev/null
k6 run -q --log-output=none --out csv="$csv" -e PROFILE=grow -e WARM_UP=${warm_up}s -e DURATION=$((quiet + 150))s \
  -e BASE_URLS="$(url 1),$(url 2)" -e RESULTS="$CLUSTER_DIR" k6/cart.js > "$CLUSTER_DIR/k6.out" &
load=$!

sleep $((warm_up + 10))
quiet_from=$(date +%s)
sleep "$quiet"
quiet_to=$(date +%s)
kill -9 "$(pid 3)"
rm -r "$CLUSTER_DIR/node-3"
start_instance 3
until ring | grep -q '"committed":true'; do sleep 0.2; done
fill_from=$(date +%s)
while ring | grep -q '"committed":true'; do sleep 0.2; done
fill_to=$(($(date +%s) + 1))
status=0
wait $load || status=$?

read -r before requests < <(p99 "$quiet_from" "$quiet_to")
read -r during more < <(p99 "$fill_from" "$fill_to")
echo "quiet: p99 $before ms of $requests requests; while node-3 was filled for $((fill_to - fill_from)) s: $during ms of $more"
echo "$(awk -v a="$during" -v b="$before" 'BEGIN { printf "%.2f", a / b }') times; k6 ended with $status"
awk -v a="$during" -v b="$before" 'BEGIN { exit a > 2 * b }' || status=1
exit $status
