#!/usr/bin/env bash
# A RabbitMQ cluster on this machine alone, on loopback, for tests and trials. docs/broker.md says how to use it.
set -euo pipefail

here="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)"
server=/usr/lib/rabbitmq/bin/rabbitmq-server
nodes=3 port=5700 folder="$here/../out/broker" tls=no
accounts=(admin validator-1 validator-2 validator-3 validator-4 reader)

usage() {
    cat <<'TEXT'
broker/cluster.sh install               installs Debian's rabbitmq-server where it is missing, without starting its service
broker/cluster.sh start [--nodes 3] [--port 5700] [--tls]
                                        starts the cluster, or the nodes of it that do not run
broker/cluster.sh status                says which nodes run, and where
broker/cluster.sh kill N                ends node N at once, as a loss of power would (kill -9)
broker/cluster.sh restart N             starts node N (again), and waits until it takes connections
broker/cluster.sh stop                  stops all nodes; what they hold stays in the folder
broker/cluster.sh erase                 ends all nodes at once, and deletes the folder

Every command takes --folder DIR (out/broker). Node N takes connections at 127.0.0.1, port 5700 + N, and with --tls
at localhost, port 5710 + N. Accounts and their passwords: DIR/accounts/NAME.password.
TEXT
}

say() { echo "$*"; }

fail() {
    echo "$*" >&2
    exit 1
}

# ---------------------------------------------------------------- installing

as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "rabbitmq-server is missing. To install it this script must run as root, or find sudo. Install the package rabbitmq-server (3.10 or later) by hand."
    fi
}

# The package would start a broker of its own, on all interfaces, now and at every boot.
install_without_service() {
    local policy=/usr/sbin/policy-rc.d made=no code=0
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
        made=yes
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends rabbitmq-server >"$1" 2>&1 || code=$?
    if [[ $made == yes ]]; then
        as_root rm -f "$policy"
    fi
    if [[ $code -eq 0 ]] && command -v systemctl >/dev/null; then
        as_root systemctl disable rabbitmq-server >/dev/null 2>&1 || true
    fi
    return $code
}

install_server() {
    [[ -x $server ]] && return 0
    command -v apt-get >/dev/null || fail "There is no $server, and no apt-get to install it with: this script knows Debian and what is made from it. Install rabbitmq-server there by hand."
    say "Installing rabbitmq-server ..."
    local log
    log="$(mktemp)"
    if ! install_without_service "$log"; then
        # An image may hold no list of packages, or an old one.
        if ! as_root apt-get update -qq >>"$log" 2>&1 || ! install_without_service "$log"; then
            cat "$log" >&2
            rm -f "$log"
            fail "rabbitmq-server could not be installed; what apt-get said is above."
        fi
    fi
    rm -f "$log"
    [[ -x $server ]] || fail "rabbitmq-server is installed, but there is no $server: this script knows Debian's package."
}

# ---------------------------------------------------------------- what a cluster is made of

random_word() { head -c 64 /dev/urandom | base64 -w 0 | tr -d '/+=' | cut -c 1-32; }

make_accounts() {
    mkdir -p "$folder/accounts"
    chmod 700 "$folder" "$folder/accounts"
    local name
    for name in "${accounts[@]}"; do
        [[ -s "$folder/accounts/$name.password" ]] || random_word >"$folder/accounts/$name.password"
    done
}

# The three patterns are what an account may make, write to, and read from. "amq.default" is the way to every stream of the virtual host.
permission() {
    printf '{"user":"%s","vhost":"commonwatt","configure":"%s","write":"%s","read":"%s"}' "$1" "$2" "$3" "$4"
}

write_definitions() {
    local name users="" permissions=""
    for name in "${accounts[@]}"; do
        local tag="" allowed
        case "$name" in
            admin) tag=administrator allowed="$(permission admin '.*' '.*' '.*')" ;;
            reader) allowed="$(permission reader '^$' '^$' '^commonwatt\\.')" ;;
            *) allowed="$(permission "$name" '^$' '^amq\\.default$' '^commonwatt\\.')" ;;
        esac
        users+="${users:+,}{\"name\":\"$name\",\"password\":\"$(<"$folder/accounts/$name.password")\",\"tags\":\"$tag\"}"
        permissions+="${permissions:+,}$allowed"
    done
    printf '{"users":[%s],"vhosts":[{"name":"commonwatt"}],"permissions":[%s]}\n' "$users" "$permissions" >"$folder/definitions.json"
}

certificate() {
    local name="$1" subject="$2"
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$subject" -keyout "$folder/tls/$name.key" -out "$folder/tls/$name.csr" 2>/dev/null
    printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\n' >"$folder/tls/$name.ext"
    openssl x509 -req -in "$folder/tls/$name.csr" -CA "$folder/tls/ca.pem" -CAkey "$folder/tls/ca.key" -CAcreateserial -days 365 \
        -extfile "$folder/tls/$name.ext" -out "$folder/tls/$name.pem" 2>/dev/null
    rm -f "$folder/tls/$name.csr" "$folder/tls/$name.ext"
}

make_certificates() {
    [[ -s "$folder/tls/client.pem" ]] && return 0
    command -v openssl >/dev/null || fail "--tls makes certificates with openssl, and there is none. Install openssl, or leave --tls out."
    mkdir -p "$folder/tls"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj "/CN=Commonwatt trial authority" \
        -addext "keyUsage=critical,keyCertSign,cRLSign" -keyout "$folder/tls/ca.key" -out "$folder/tls/ca.pem" 2>/dev/null
    certificate server "/CN=localhost"
    certificate client "/CN=validator"
}

write_settings() {
    local n="$1" at="$folder/node-$1" peer
    mkdir -p "$at"
    {
        echo "listeners.tcp.1 = 127.0.0.1:$((port + n))"
        # A batch has at most 1.1 MB; nobody shall make the others take in more than a little beyond it.
        echo "max_message_size = 2097152"
        echo "cluster_formation.peer_discovery_backend = classic_config"
        for peer in $(seq "$nodes"); do
            echo "cluster_formation.classic_config.nodes.$peer = r$peer@localhost"
        done
        if [[ $tls == yes ]]; then
            echo "listeners.ssl.1 = 127.0.0.1:$((port + 10 + n))"
            echo "ssl_options.cacertfile = $folder/tls/ca.pem"
            echo "ssl_options.certfile = $folder/tls/server.pem"
            echo "ssl_options.keyfile = $folder/tls/server.key"
            echo "ssl_options.verify = verify_peer"
            echo "ssl_options.fail_if_no_peer_cert = false"
        fi
        # Accounts are made once, by the first node, before it takes connections; without this line it would make the account guest.
        if [[ $n -eq 1 && ! -e "$folder/formed" ]]; then
            echo "load_definitions = $folder/definitions.json"
        fi
    } >"$at/rabbitmq.conf"
    echo "[{osiris, [{port_range, {$((port + 100 + n * 10)), $((port + 109 + n * 10))}}]}]." >"$at/advanced.config"
    echo "[]." >"$at/enabled_plugins"
    : >"$at/rabbitmq-env.conf"
}

# ---------------------------------------------------------------- processes

# A process is told by its id and by when it began, so that a later one with the same id is left alone.
remember() { echo "$1 $(began_at "$1")" >"$2"; }
began_at() { ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' '_' || true; }

# The id of the process that a file remembers, if it still runs.
running() {
    local file="$1" id began
    [[ -s "$file" ]] || return 1
    read -r id began <"$file" || true
    [[ -n "$began" && "$(began_at "$id")" == "$began" ]] && echo "$id"
}

accepts() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The port mapper is the cluster's own, on a port of its own: it comes and goes with it, and no other Erlang on the machine is met.
start_port_mapper() {
    running "$folder/epmd.pid" >/dev/null && return 0
    setsid env ERL_EPMD_ADDRESS=127.0.0.1 epmd -port $((port + 99)) >/dev/null 2>&1 </dev/null &
    remember $! "$folder/epmd.pid"
}

start_node() {
    local n="$1" at="$folder/node-$1"
    running "$at/process" >/dev/null && return 0
    accepts $((port + n)) && fail "Port $((port + n)) of 127.0.0.1 is in use by something else: choose another one with --port."
    write_settings "$n"
    # A session of its own, so that the whole group of processes can be ended, and a Ctrl-C at the terminal does not reach it.
    HOME="$folder" ERL_EPMD_PORT=$((port + 99)) ERL_EPMD_ADDRESS=127.0.0.1 \
        RABBITMQ_NODENAME="r$n@localhost" RABBITMQ_NODE_PORT=$((port + n)) RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 \
        RABBITMQ_DIST_PORT=$((port + 20 + n)) RABBITMQ_MNESIA_BASE="$at/data" RABBITMQ_LOG_BASE="$at/log" \
        RABBITMQ_PID_FILE="$at/erlang.pid" RABBITMQ_ENABLED_PLUGINS_FILE="$at/enabled_plugins" \
        RABBITMQ_CONFIG_FILE="$at/rabbitmq.conf" RABBITMQ_ADVANCED_CONFIG_FILE="$at/advanced.config" \
        RABBITMQ_CONF_ENV_FILE="$at/rabbitmq-env.conf" \
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}" \
        setsid "$server" >"$at/output.log" 2>&1 </dev/null &
    remember $! "$at/process"
}

await_node() {
    local n="$1" until=$((SECONDS + 240))
    until accepts $((port + n)); do
        if ! running "$folder/node-$n/process" >/dev/null; then
            tail -n 30 "$folder/node-$n/output.log" >&2
            fail "Node $n ended while it started; its last lines are above, its log is in $folder/node-$n/log."
        fi
        [[ $SECONDS -lt $until ]] || fail "Node $n takes no connections after four minutes; its log is in $folder/node-$n/log."
        sleep 0.2
    done
}

# Ends the group of processes that a file remembers: asks first, unless told not to, and waits until they are gone.
end_group() {
    local file="$1" signal="$2" id tries=0
    if id="$(running "$file")"; then
        kill "-$signal" -- "-$id" 2>/dev/null || true
        while kill -0 -- "-$id" 2>/dev/null; do
            tries=$((tries + 1))
            [[ $tries -eq 200 ]] && kill -KILL -- "-$id" 2>/dev/null
            [[ $tries -gt 300 ]] && fail "Process group $id does not end."
            sleep 0.1
        done
    fi
    rm -f "$file"
}

stop_all() {
    local signal="$1" at
    for at in "$folder"/node-*/; do
        local id
        if id="$(running "${at}process")"; then
            kill "-$signal" -- "-$id" 2>/dev/null || true
        fi
    done
    for at in "$folder"/node-*/; do
        [[ -d "$at" ]] && end_group "${at}process" "$signal"
    done
    end_group "$folder/epmd.pid" TERM
}

# ---------------------------------------------------------------- commands

start_cluster() {
    install_server
    [[ "$nodes" =~ ^[1-9]$ ]] || fail "--nodes takes a number from 1 to 9, not '$nodes'."
    [[ "$port" =~ ^[0-9]+$ && $port -ge 1024 && $port -le 65000 ]] || fail "--port takes a number from 1024 to 65000, not '$port'."
    mkdir -p "$folder"
    folder="$(cd "$folder" && pwd)"
    umask 077
    make_accounts
    [[ $tls == no ]] || make_certificates
    printf 'nodes=%s\nport=%s\ntls=%s\n' "$nodes" "$port" "$tls" >"$folder/cluster"
    trap 'code=$?; if [[ $code -ne 0 ]]; then stop_all KILL; fi; exit $code' EXIT
    trap 'exit 130' INT TERM
    start_port_mapper
    local n began=$SECONDS
    if [[ ! -e "$folder/formed" ]]; then
        # The first node stands before the others come: they find it and join.
        write_definitions
        start_node 1
        await_node 1
    fi
    for n in $(seq "$nodes"); do start_node "$n"; done
    for n in $(seq "$nodes"); do await_node "$n"; done
    touch "$folder/formed"
    rm -f "$folder/definitions.json"
    say "The cluster is up after $((SECONDS - began)) s; accounts and passwords are in $folder/accounts."
    status
}

open_cluster() {
    [[ -s "$folder/cluster" ]] || fail "There is no cluster in $folder: start one with 'broker/cluster.sh start', or name its folder with --folder."
    folder="$(cd "$folder" && pwd)"
    local line
    while read -r line; do
        case "$line" in nodes=*) nodes="${line#*=}" ;; port=*) port="${line#*=}" ;; tls=*) tls="${line#*=}" ;; esac
    done <"$folder/cluster"
}

require_node() {
    [[ "${1:-}" =~ ^[1-9]$ && $1 -le $nodes ]] || fail "Name a node from 1 to $nodes, not '${1:-}'."
}

status() {
    local n
    for n in $(seq "$nodes"); do
        if ! running "$folder/node-$n/process" >/dev/null; then
            say "node $n: does not run"
        elif accepts $((port + n)); then
            say "node $n: takes connections at 127.0.0.1:$((port + n))$([[ $tls == yes ]] && echo " and, with TLS, localhost:$((port + 10 + n))")"
        else
            say "node $n: is starting"
        fi
    done
}

restart_node() {
    umask 077
    end_group "$folder/node-$1/process" KILL
    start_port_mapper
    local began=$SECONDS
    start_node "$1"
    await_node "$1"
    say "Node $1 is up after $((SECONDS - began)) s."
}

command="${1:-}"
[[ $# -gt 0 ]] && shift
which_node=""
while [[ $# -gt 0 ]]; do
    case "$1" in
        --nodes | --port | --folder)
            [[ $# -ge 2 ]] || fail "$1 lacks its value."
            case "$1" in --nodes) nodes="$2" ;; --port) port="$2" ;; --folder) folder="$2" ;; esac
            shift 2
            ;;
        --tls) tls=yes && shift ;;
        -*) fail "There is no option $1. $(usage)" ;;
        *) which_node="$1" && shift ;;
    esac
done

case "$command" in
    install) install_server ;;
    start)
        if [[ -s "$folder/formed" || -e "$folder/formed" ]]; then open_cluster; fi
        start_cluster
        ;;
    status) open_cluster && status ;;
    kill) open_cluster && require_node "$which_node" && end_group "$folder/node-$which_node/process" KILL && say "Node $which_node is killed." ;;
    restart) open_cluster && require_node "$which_node" && restart_node "$which_node" ;;
    stop) open_cluster && stop_all TERM && say "The cluster is stopped; what it holds is in $folder." ;;
    erase)
        open_cluster && stop_all KILL
        rm -rf -- "$folder"
        say "The cluster is gone."
        ;;
    help | --help | -h) usage ;;
    *) usage >&2 && exit 2 ;;
esac
