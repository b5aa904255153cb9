#!/usr/bin/env bash
# Builds everything once and runs every test project: ./test.sh
# Only some of them: ./test.sh Markets Ledger, or ./test.sh Web for what is in web/
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

wanted() {
    local project="$1" name
    shift
    [[ $# -eq 0 ]] && return 0
    for name in "$@"; do
        [[ "$project" == *"$name"* ]] && return 0
    done
    return 1
}

# What a fresh machine lacks is named here, before anything is built.
if ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    echo "The tests need the .NET 10 SDK. Get it from https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 1
fi
if { wanted Web "$@" || wanted Commonwatt.Browser.Tests "$@"; } && ! node --eval 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null; then
    echo "The tests of web/ and of the pages need Node 20 or later with npm. Get it from https://nodejs.org" >&2
    exit 1
fi

echo "Building ..."
dotnet build Commonwatt.slnx -c Release -v quiet --nologo -clp:"ErrorsOnly;NoSummary"

passed=0 failed=0 skipped=0 broken=0 projects=0
log="$(mktemp)"
trap 'rm -f "$log"' EXIT

# The number after a word of the summary that the test platform prints: "  failed: 2".
count() {
    sed -n "s/^ *$1: *\([0-9][0-9]*\).*/\1/p" "$log" | tail -n 1
}

run() {
    local project="$1" code=0
    echo
    echo "$project"
    dotnet test --project "tests/$project" -c Release --no-build --no-progress --output Normal >"$log" 2>&1 || code=$?
    local total
    total="$(count total)"
    if [[ $code -ne 0 ]]; then
        cat "$log"
    else
        sed -n -e '/^skipped /,/^ *from /p' -e '/^ *\(total\|duration\):/p' "$log"
    fi
    passed=$((passed + $(count succeeded || true) + 0))
    failed=$((failed + $(count failed || true) + 0))
    skipped=$((skipped + $(count skipped || true) + 0))
    if [[ -z "$total" || "$total" -eq 0 ]]; then
        echo "$project ran no test." >&2
        broken=1
    elif [[ $code -ne 0 ]]; then
        broken=1
    fi
}

# The number before a word of the summary that vitest prints: "Tests  2 failed | 140 passed (142)".
count_web() {
    sed -n "s/^ *Tests.*[^0-9]\([0-9][0-9]*\) $1.*/\1/p" "$log" | tail -n 1
}

run_web() {
    local code=0
    echo
    echo "Web"
    (
        install_web && cd web &&
            NO_COLOR=1 npm test --silent --loglevel=error
    ) >"$log" 2>&1 || code=$?
    if [[ $code -ne 0 ]]; then
        cat "$log"
        broken=1
    else
        sed -n -e 's/^ *\(Tests\|Duration\)  */  \1: /p' "$log"
    fi
    passed=$((passed + $(count_web passed || true) + 0))
    failed=$((failed + $(count_web failed || true) + 0))
    skipped=$((skipped + $(count_web skipped || true) + 0))
}

# The tests of the broker and of the real cluster start one of their own; without it they are skipped, and where changes are checked they fail.
install_broker() {
    if [[ ! -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] && { wanted Commonwatt.Ordering.RabbitMq.Tests "$@" || wanted Commonwatt.EndToEnd.Tests "$@"; }; then
        broker/cluster.sh install || echo "The tests that need a broker will be skipped." >&2
    fi
}

# The real cluster has a validator whose clock is wrong.
install_faketime() {
    if ! compgen -G "/usr/lib/*/faketime/libfaketimeMT.so.1" >/dev/null && wanted Commonwatt.EndToEnd.Tests "$@"; then
        local as_root=()
        [[ $EUID -eq 0 ]] || as_root=(sudo)
        "${as_root[@]}" apt-get install -y -qq --no-install-recommends faketime >/dev/null 2>&1 || echo "The real cluster will have no wrong clocks: the package faketime is missing." >&2
    fi
}

# The tables of a node are tried in PostgreSQL as well as in SQLite. The package's own server is not needed: the tests start one of their own.
install_postgres() {
    if ! compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null && wanted Commonwatt.Node.Tests "$@"; then
        local as_root=()
        [[ $EUID -eq 0 ]] || as_root=(sudo)
        "${as_root[@]}" apt-get install -y -qq --no-install-recommends postgresql >/dev/null 2>&1 || echo "The tests that need PostgreSQL will be skipped: the package postgresql is missing." >&2
    fi
}

# The pages are looked at in a browser.
install_chromium() {
    if [[ ! -x /usr/bin/chromium ]] && wanted Commonwatt.Browser.Tests "$@"; then
        local as_root=()
        [[ $EUID -eq 0 ]] || as_root=(sudo)
        "${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null 2>&1 || echo "The tests that need a browser will be skipped: the package chromium is missing." >&2
    fi
}

# npm notes in a file what it installed.
install_web() {
    [[ web/node_modules/.package-lock.json -nt web/package-lock.json ]] || (cd web && npm ci --no-progress --loglevel=error)
}

build_pages() {
    if wanted Commonwatt.Browser.Tests "$@"; then
        echo "Building the pages ..."
        install_web >/dev/null && (cd web && npm run --silent build:pages >/dev/null)
    fi
}

install_broker "$@"
install_faketime "$@"
install_postgres "$@"
install_chromium "$@"
build_pages "$@"
for folder in tests/*/; do
    project="$(basename "$folder")"
    # A room that has no test file yet has nothing to run; one that has files must run tests.
    if [[ -n "$(find "$folder" -name '*.cs' -print -quit)" ]] && wanted "$project" "$@"; then
        projects=$((projects + 1))
        run "$project"
    fi
done

if wanted Web "$@"; then
    projects=$((projects + 1))
    run_web
fi

if [[ $projects -eq 0 ]]; then
    echo "There is no test project${1:+ named like: $*}" >&2
fi
echo
if [[ $skipped -gt 0 ]]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[[ $broken -eq 0 && $failed -eq 0 && $passed -gt 0 ]]
