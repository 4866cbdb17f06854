#!/usr/bin/env bash
# Makes the AOT cache of an extracted jar: the classes that an instance loads and links, and what it learned of its methods
# (JEP 483, 514, 515). With it an instance does half the work to start, and serves its first requests like later ones.
#
#   cart-app/train.sh JAR cluster    starts three instances on this machine, and has them serve. One of them loses its disk
#                                    and is filled again from the others: its cache is kept. A minute on two cores
#   cart-app/train.sh JAR start      starts one instance and no more: half of it, in some seconds
#
# Leaves JAR's name with .aot at its end. The cache holds for this jar at this path, and for the JDK: java, or $JAVA.
# HTTP_PORT and NODE_PORT, the first of three each, and JAVA_OPTIONS say otherwise. Needs Java, bash and coreutils, grep and sed.
set -euo pipefail

case "${2:-}" in
  cluster | start) ;;
  *)
    sed -n '2,10s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
jar=$(realpath "$1")
JAVA=${JAVA:-java}
cache=${jar%.jar}.aot
http=${HTTP_PORT:-19081}
node=${NODE_PORT:-19001}
dir=$(mktemp -d)
declare -A pids

java_on() {
  cd "$(dirname "$jar")"
  exec "$JAVA" --sun-misc-unsafe-memory-access=allow "$@" > "$dir/log-$BASHPID" 2>&1
}

fail() {
  tail -n 20 "$dir"/log-* >&2
  echo "$1" >&2
  exit 1
}

if [ "$2" = start ]; then
  (java_on -XX:AOTCacheOutput="$cache" -Dspring.context.exit=onRefresh -jar "$jar" \
    --server.port=0 --dynamo.store.node-id=build --dynamo.store.data-dir="$dir/build") || fail "it does not start"
  rm -r "$dir"
  exit
fi
# start NUMBER [JAVA OPTION...]
start() {
  local i=$1
  shift
  (java_on ${JAVA_OPTIONS:--Xmx512m} "$@" -jar "$jar" \
    --server.address=127.0.0.1 --server.port=$((http + i - 1)) \
    --dynamo.store.node-id="node-$i" --dynamo.store.address=127.0.0.1:$((node + i - 1)) \
    --dynamo.store.seeds="127.0.0.1:$node,127.0.0.1:$((node + 1)),127.0.0.1:$((node + 2))" \
    --dynamo.store.data-dir="$dir/node-$i") &
  pids[$i]=$!
}

stop() { for i in "${!pids[@]}"; do kill "${pids[$i]}" 2> /dev/null || true; done; }

# request INSTANCE METHOD PATH [BODY]: prints the status
request() {
  local body=${4:-} status=000
  { exec 3<> "/dev/tcp/127.0.0.1/$((http + $1 - 1))"; } 2> /dev/null || { echo 000; return; }
  printf '%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
    "$2" "$3" "${#body}" "$body" >&3
  read -r -t 10 _ status _ 2> /dev/null <&3 || true
  cat <&3 > /dev/null 2>&1 || true
  exec 3>&-
  echo "$status"
}

# What shoppers do, SECONDS long, at these instances in turn; prints how many requests had which status
shop() {
  local end=$((SECONDS + $1)) n=0 cart i
  shift
  local at=("$@")
  while [ $SECONDS -lt $end ]; do
    n=$((n + 1))
    cart=/carts/shopper-$((RANDOM % 200))
    i=${at[$((n % ${#at[@]}))]}
    request "$i" POST "$cart/items" "{\"itemId\":\"item-$((RANDOM % 20))\",\"quantity\":1,\"unitPrice\":450}"
    request "$i" GET "$cart"
    case $((n % 10)) in
      0) request "$i" PATCH "$cart/items" "{\"itemId\":\"item-1\",\"quantity\":3,\"unitPrice\":450}" ;;
      1) request "$i" DELETE "$cart/items/item-2" ;;
      2) request "$i" POST "$cart/checkout" ;;
      *) ;;
    esac
  done | sort | uniq -c
}

await_ready() {
  until [ "$(request "$1" GET /readyz)" = 200 ]; do
    kill -0 "${pids[$1]}" 2> /dev/null || fail "node-$1 has ended"
    sleep 0.2
  done
}

trap stop EXIT
for i in 1 2 3; do start $i; done
for i in 1 2 3; do await_ready $i; done
shop 10 1 2 3 > /dev/null
kill -9 "${pids[3]}"
wait "${pids[3]}" 2> /dev/null || true
rm -r "$dir/node-3"
start 3 -XX:AOTCacheOutput="$cache"
await_ready 3
shop 30 1 2 3 | tee "$dir/served"
grep -q ' 200$' "$dir/served" && grep -q ' 201$' "$dir/served" || fail "it has served nothing"
kill "${pids[3]}"
wait "${pids[3]}" || true
[ -s "$cache" ] || fail "there is no cache"
stop
wait
rm -r "$dir"
