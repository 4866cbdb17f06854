#!/usr/bin/env bash
# What a start costs: starts one instance, by itself, three times, and prints how long each took until it was ready, how much
# processor time that was, and how much memory it has after 50 requests. On Linux.
#
#   cart-app/start-up.sh JAR [OPTION OF JAVA...]
#
# Java is java, or $JAVA. HTTP_PORT and NODE_PORT say otherwise where 19091 and 19011 are taken.
set -euo pipefail

if [ $# = 0 ]; then
  sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
jar=$(realpath "$1")
shift
http=127.0.0.1:${HTTP_PORT:-19091}
node=127.0.0.1:${NODE_PORT:-19011}
dir=$(mktemp -d)
trap 'kill "$instance" 2> /dev/null || true; rm -rf "$dir"' EXIT

# With gossip this often, since the only seed waits five rounds for news of a cluster before it founds one
start() {
  rm -rf "$dir/data"
  # Where the jar is, as a cache of classes holds for its path only
  (cd "$(dirname "$jar")" && exec "${JAVA:-java}" -Xmx256m --sun-misc-unsafe-memory-access=allow "$@" -jar "$jar" \
    --server.address="${http%:*}" --server.port="${http#*:}" --dynamo.store.node-id=node-1 \
    --dynamo.store.address="$node" --dynamo.store.seeds="$node" --dynamo.store.data-dir="$dir/data" \
    --dynamo.store.n=1 --dynamo.store.r=1 --dynamo.store.w=1 --dynamo.store.gossip-interval=100ms) > "$dir/log" 2>&1 &
  instance=$!
  until curl -sf -o /dev/null "$http/actuator/health/readiness"; do
    if ! kill -0 "$instance" 2> /dev/null; then
      cat "$dir/log" >&2
      exit 1
    fi
    sleep 0.1
  done
}

milliseconds() { date +%s%3N; }

for _ in 1 2 3; do
  begun=$(milliseconds)
  start "$@"
  took=$(($(milliseconds) - begun))
  # Ticks in user and system mode are the 14th and 15th word; the name in brackets is one
  processor=$(awk -v hz="$(getconf CLK_TCK)" '{ print ($14 + $15) / hz }' "/proc/$instance/stat")
  for i in $(seq 25); do
    curl -sf -o /dev/null "$http/carts/cart-$i/items" -H 'Content-Type: application/json' \
      -d '{"itemId":"socks","quantity":1,"unitPrice":450}'
    curl -sf -o /dev/null "$http/carts/cart-$i"
  done
  memory=$(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$instance/status")
  echo "ready after $took ms and $processor s of processor time; $memory MiB after 50 requests"
  kill "$instance"
  wait "$instance" || true
done
