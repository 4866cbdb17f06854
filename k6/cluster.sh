#!/usr/bin/env bash
# Instances for load tests, each a JVM of its own, on this machine: HTTP on 18081 and up, nodes on 17001 and up.
#
#   k6/cluster.sh start 3      starts three, waits until they are ready, and prints their BASE_URLS
#   k6/cluster.sh stop         stops them; their data and logs stay in the directory below
#
# CLUSTER_DIR (default target/k6-cluster, emptied by a start), HTTP_PORT, NODE_PORT, JAR, JAVA and JAVA_OPTIONS say
# otherwise.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CLUSTER_DIR=${CLUSTER_DIR:-$root/target/k6-cluster}
HTTP=${HTTP_PORT:-18081}
NODE=${NODE_PORT:-17001}
# A heap that may shrink does, and is collected all the time (docs/operations.md, "Tuning")
HEAP="-Xms512m -Xmx512m"

jar() {
  local found=("$root"/cart-app/target/cart-app-*.jar)
  [ -z "${JAR:-}" ] || found=("$JAR")
  if [ ! -e "${found[0]}" ]; then
    echo "There is no jar${JAR:+ $JAR}: ./mvnw -q -DskipTests package" >&2
    return 1
  fi
  # Of another version, and nobody could tell which is meant
  if [ ${#found[@]} -gt 1 ]; then
    echo "There are several jars, ${found[*]}: ./mvnw -q -DskipTests clean package, or say which by JAR" >&2
    return 1
  fi
  echo "${found[0]}"
}

# The instances want a JDK 25: $JAVA, that of JAVA_HOME or JAVA25_HOME, that on the path, or one in /usr/lib/jvm.
java25() {
  local java
  for java in "${JAVA:-}" "${JAVA25_HOME:+$JAVA25_HOME/bin/java}" "${JAVA_HOME:+$JAVA_HOME/bin/java}" \
    "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
    if [ -x "$java" ] && "$java" -version 2>&1 | grep -q 'version "25'; then
      echo "$java"
      return
    fi
  done
  echo "There is no JDK 25: set JAVA25_HOME to one." >&2
  return 1
}

# From here on the jar as the image has it, extracted and trained (cart-app/train.sh), which takes a minute the first time:
# for what starts instances beside others that serve.
use_trained_jar() {
  local built trained=$root/target/k6-app/cart-app.jar java
  built=$(jar)
  java=$(java25)
  if [ ! "${trained%.jar}.aot" -nt "$built" ]; then
    rm -rf "$(dirname "$trained")"
    "$java" -Djarmode=tools -jar "$built" extract --destination "$(dirname "$trained")" > /dev/null
    mv "$(dirname "$trained")/$(basename "$built")" "$trained"
    JAVA=$java "$root/cart-app/train.sh" "$trained" cluster > /dev/null
  fi
  JAR=$trained
  JAVA_OPTIONS="-XX:AOTCache=${trained%.jar}.aot ${JAVA_OPTIONS:-$HEAP}"
}

# Instances that start beside clients compile what they do first, and where there are fewer than $1 processors, what clients
# wait for is C2 (README.md has the numbers with it and without): from here on without it there.
without_c2_below() {
  if [ "$(nproc)" -lt "$1" ]; then
    JAVA_OPTIONS=${JAVA_OPTIONS:--Xmx512m -XX:TieredStopAtLevel=1}
  fi
}

url() { echo "http://127.0.0.1:$((HTTP + $1 - 1))"; }

urls() { seq 1 "$(cat "$CLUSTER_DIR/size")" | while read -r i; do url "$i"; done | paste -sd,; }

pid() { cat "$CLUSTER_DIR/node-$1.pid"; }

# All of a cluster are seeds, so all of them found it. With OWN_GROUPS, for which one has to be root, each instance has a
# group of its own, by which its packets can be told from those of others: the number of its node port.
start_instance() {
  local seeds size group=()
  size=$(cat "$CLUSTER_DIR/size")
  seeds=$(seq 0 $((size - 1)) | while read -r i; do echo "127.0.0.1:$((NODE + i))"; done | paste -sd,)
  [ -z "${OWN_GROUPS:-}" ] || group=(setpriv --regid=$((NODE + $1 - 1)) --clear-groups)
  # In a directory of its own, so that nothing is left elsewhere
  (cd "$CLUSTER_DIR" && exec "${group[@]}" "$(java25)" -XX:+ExitOnOutOfMemoryError ${JAVA_OPTIONS:-$HEAP} -jar "$(jar)" \
    --server.address=127.0.0.1 --server.port=$((HTTP + $1 - 1)) \
    --dynamo.store.node-id="node-$1" --dynamo.store.address=127.0.0.1:$((NODE + $1 - 1)) \
    --dynamo.store.seeds="$seeds" --dynamo.store.data-dir="$CLUSTER_DIR/node-$1") \
    >> "$CLUSTER_DIR/node-$1.log" 2>&1 &
  echo $! > "$CLUSTER_DIR/node-$1.pid"
  # Else bash tells the world when it is killed
  disown
}

await_ready() {
  local tries
  for tries in $(seq 1 600); do
    if curl -sf -m 5 -o /dev/null "$(url "$1")/readyz"; then
      return
    fi
    if ! kill -0 "$(pid "$1")" 2> /dev/null; then
      break
    fi
    sleep 0.5
  done
  echo "node-$1 does not become ready:" >&2
  tail -20 "$CLUSTER_DIR/node-$1.log" >&2
  return 1
}

start_cluster() {
  local i port
  java25 > /dev/null
  jar > /dev/null
  for i in $(seq 1 "$1"); do
    for port in $((HTTP + i - 1)) $((NODE + i - 1)); do
      if (: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
        echo "Port $port is taken; HTTP_PORT and NODE_PORT say which to begin with." >&2
        return 1
      fi
    done
  done
  rm -rf "$CLUSTER_DIR"
  mkdir -p "$CLUSTER_DIR"
  echo "$1" > "$CLUSTER_DIR/size"
  for i in $(seq 1 "$1"); do start_instance "$i"; done
  for i in $(seq 1 "$1"); do await_ready "$i"; done
}

stop_cluster() {
  local file
  for file in "$CLUSTER_DIR"/node-*.pid; do
    [ -e "$file" ] || continue
    kill -CONT "$(cat "$file")" 2> /dev/null || true
    kill "$(cat "$file")" 2> /dev/null || true
    while kill -0 "$(cat "$file")" 2> /dev/null; do sleep 0.2; done
    rm "$file"
  done
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  case "${1:-}" in
    start)
      stop_cluster
      start_cluster "${2:-3}"
      urls
      ;;
    stop) stop_cluster ;;
    *)
      sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
      exit 2
      ;;
  esac
fi
