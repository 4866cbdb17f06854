#!/usr/bin/env bash
# Load while instances are killed, stopped, restarted and cut off, and the audit afterwards.
#
#   k6/trouble.sh [INSTANCES [SECONDS [ARGUMENTS OF k6]]]        5 instances and 150 seconds where not said
#
# Starts a cluster of its own, as cluster.sh does. In turn, as long as the load lasts: an instance gets kill -9 and is
# started again; one is stopped in its tracks for some seconds (SIGSTOP), so that its links are up and nobody answers; one
# is told to end and started again, as in an upgrade; one is cut off for some seconds: what its node and the others send each
# other is lost, and no connection breaks, while clients reach all of them; and of five or more, two are killed at once. Once,
# another instance joins. node-1, always the same so that no two lack something at once, loses its disk, and is given back an
# older copy of it. The instances run as in the image, with an AOT cache of an instance that has served (cart-app/train.sh).
# Ends as k6 does. To cut takes root and iptables; elsewhere it says so, and goes without.
set -euo pipefail
cd "$(dirname "$0")/.."
. k6/cluster.sh

instances=${1:-5}
without_c2_below "$instances"
seconds=${2:-150}
warm_up=20
log=$CLUSTER_DIR/k6.log
newcomer=$((instances + 1))
# Of iptables
chain=cart-$NODE

# Says why if nobody can be cut off here
may_cut() {
  if [ "$(id -u)" != 0 ]; then
    echo "it takes root"
    return 1
  fi
  setpriv --version && iptables -N "$chain" && iptables -A "$chain" -m owner --gid-owner "$NODE" -j DROP
}

# Of one only: where the others were cut in two, both halves would go on, and a login that reads a guest's cart in the one may
# bring over what was removed in the other (docs/operations.md, "Known faults")
cut_off() {
  iptables -F "$chain"
  iptables -A "$chain" -p tcp --dport $((NODE + $1 - 1)) -j DROP
  iptables -A "$chain" -p tcp --dport $NODE:$((NODE + newcomer - 1)) -m owner --gid-owner $((NODE + $1 - 1)) -j DROP
  iptables -I OUTPUT -o lo -j "$chain"
}

heal() { iptables -D OUTPUT -o lo -j "$chain"; }

# Leaves the machine as it was, whatever happened
tidy() {
  heal
  iptables -F "$chain"
  iptables -X "$chain"
} > /dev/null 2>&1

kill_9() { kill -9 "$(pid "$1")"; }

again() {
  start_instance "$1"
  await_ready "$1"
}

fault() {
  local victim=$2 other=$(($2 % instances + 1))
  case "$1" in
    kill) kill_9 "$victim" && sleep 3 && again "$victim" ;;
    stop) kill -STOP "$(pid "$victim")" && sleep 5 && kill -CONT "$(pid "$victim")" ;;
    restart)
      kill "$(pid "$victim")"
      while kill -0 "$(pid "$victim")" 2> /dev/null; do sleep 0.2; done
      again "$victim"
      ;;
    cut) cut_off "$victim" && sleep 8 && heal ;;
    join)
      DYNAMO_STORE_JOIN=true start_instance $newcomer
      await_ready $newcomer
      ;;
    wipe) kill_9 1 && rm -r "$CLUSTER_DIR/node-1" && again 1 ;;
    older)
      kill_9 1
      if [ -d "$CLUSTER_DIR/older" ]; then
        rm -r "$CLUSTER_DIR/node-1" && mv "$CLUSTER_DIR/older" "$CLUSTER_DIR/node-1"
      else
        cp -r "$CLUSTER_DIR/node-1" "$CLUSTER_DIR/older"
      fi
      again 1
      ;;
    kill-two) kill_9 "$victim" && kill_9 "$other" && sleep 3 && again "$victim" && again "$other" ;;
  esac
}

faults=(older stop kill join older restart wipe)
[ "$instances" -lt 5 ] || faults+=(kill-two)

trap 'tidy || true; stop_cluster' EXIT
tidy || true
if why=$(may_cut 2>&1); then
  faults=(cut "${faults[@]}")
  OWN_GROUPS=yes
else
  echo "Nobody is cut off: $(tail -1 <<< "$why")"
fi
stop_cluster
use_trained_jar
start_cluster "$instances"
k6 run -q --log-output=file="$log" -e PROFILE=trouble -e WARM_UP=${warm_up}s -e DURATION="${seconds}s" \
  -e READY_WITHIN=180 -e BASE_URLS="$(urls)" "${@:3}" k6/cart.js &
load=$!

sleep $warm_up
turn=0
count=0
end=$((SECONDS + seconds))
while [ $SECONDS -lt $end ] && kill -0 $load 2> /dev/null; do
  kind=${faults[turn % ${#faults[@]}]}
  victim=$((turn % instances + 1))
  turn=$((turn + 1))
  # From then on it is a member
  if [ "$kind" = join ] && [ -e "$CLUSTER_DIR/node-$newcomer.pid" ]; then
    continue
  fi
  case $kind in
    wipe | older) victim=1 ;;
    join) victim=$newcomer ;;
  esac
  echo "$(date +%T) $kind node-$victim"
  fault "$kind" $victim
  count=$((count + 1))
  sleep 2
done

status=0
wait $load || status=$?
grep -v 'Request Failed' "$log" >&2 || true
echo "$count faults in $seconds seconds, $instances instances; k6 ended with $status"
exit $status
