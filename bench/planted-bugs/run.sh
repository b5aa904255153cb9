#!/usr/bin/env bash
# Plants each bug of this folder in a copy of the source, one at a time, and expects the check named in it to find it.
# All of them: bench/planted-bugs/run.sh    Some: bench/planted-bugs/run.sh vote-counted-twice quorum-of-a-half
set -euo pipefail

here="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)"
root="$(cd "$here/../.." && pwd)"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

copy="$(mktemp -d)"
trap 'rm -rf "$copy"' EXIT

# Analyzers judge style, and a planted bug need not have any.
build() {
    (cd "$copy" && dotnet build "$1" -c Release -v quiet --nologo -clp:"ErrorsOnly;NoSummary" -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false) >"$copy/build.log" 2>&1
}

# One line of the text above a patch: "Check: faults 1 300".
field() {
    sed -n "s/^$1: //p" "$2" | head -n 1
}

# Only the room that the bug is in is built again; what the others see of it stays as it was.
put_in_place() {
    local patch="$1" to="$2" room
    mkdir -p "$copy/right/$to"
    for room in $(sed -n 's|^+++ b/src/\([^/]*\)/.*|\1|p' "$patch" | sort -u); do
        build "src/$room" || return 1
        cp "$copy/artifacts/bin/$to/release/$room.dll" "$copy/right/$to/"
        cp "$copy/artifacts/bin/$room/release/$room.dll" "$copy/artifacts/bin/$to/release/"
    done
}

# Runs the check of a bug; its output goes to found.log. Succeeds where the check does.
check() {
    local patch="$1" kind first second
    read -r kind first second <<<"$(field Check "$patch")"
    case "$kind" in
        faults)
            put_in_place "$patch" Commonwatt.Node || return 2
            (cd "$copy" && dotnet artifacts/bin/Commonwatt.Node/release/commonwatt.dll bench faults --first "$first" --seeds "$second")
            ;;
        tests)
            put_in_place "$patch" "$first" || return 2
            (cd "$copy/tests/$first" && dotnet "$copy/artifacts/bin/$first/release/$first.dll" -class "$second" -noColor)
            ;;
        *)
            echo "$(basename "$patch"): '$kind' is no check: write 'Check: faults FIRST SEEDS' or 'Check: tests PROJECT CLASS'." >&2
            return 2
            ;;
    esac >"$copy/found.log" 2>&1
}

wanted() {
    local name="$1" one
    shift
    [[ $# -eq 0 ]] && return 0
    for one in "$@"; do
        [[ "$one" == "$name" ]] && return 0
    done
    return 1
}

echo "Copying and building ..."
(cd "$root" && tar -c --exclude=./artifacts --exclude=./.git --exclude=./out .) | tar -x -C "$copy"
git -C "$copy" init -q
for project in src/Commonwatt.Node $(sed -n 's|^Check: tests \([^ ]*\) .*|tests/\1|p' "$here"/*.patch | sort -u); do
    if ! build "$project"; then
        cat "$copy/build.log" >&2
        exit 1
    fi
done

survivors=0 planted=0
printf '\n%-34s %-28s %s\n' "bug" "found by" "as"
for patch in "$here"/*.patch; do
    name="$(basename "$patch" .patch)"
    wanted "$name" "$@" || continue
    planted=$((planted + 1))
    if ! git -C "$copy" apply "$patch" 2>"$copy/apply.log"; then
        cat "$copy/apply.log" >&2
        echo "$name: the patch does not apply any more: plant the bug anew." >&2
        survivors=$((survivors + 1))
        continue
    fi

    code=0
    check "$patch" || code=$?
    finding="$(grep -Em 1 "$(field Expect "$patch")" "$copy/found.log" | sed 's/^ *//' || true)"
    if [[ $code -eq 1 && -n "$finding" ]]; then
        by="$(field Check "$patch" | sed -e 's/^faults .*/simulated cluster/' -e 's/^tests \([^ ]*\) .*/\1/')"
        printf '%-34s %-28s %s\n' "$name" "$by" "${finding:0:150}"
    else
        survivors=$((survivors + 1))
        printf '%-34s %-28s %s\n' "$name" "NOT FOUND" "expected: $(field Expect "$patch")"
        [[ $code -eq 2 ]] && cat "$copy/build.log" >&2
        tail -n 15 "$copy/found.log" >&2
    fi

    git -C "$copy" apply -R "$patch"
    for project in "$copy"/right/*; do
        cp "$project"/* "$copy/artifacts/bin/$(basename "$project")/release/"
    done
    rm -rf "$copy/right"
done

echo
if [[ $planted -eq 0 ]]; then
    echo "There is no bug named like: $*" >&2
    exit 1
fi
echo "$((planted - survivors)) of $planted planted bugs found"
[[ $survivors -eq 0 ]]
