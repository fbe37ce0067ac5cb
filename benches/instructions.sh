#!/usr/bin/env bash
# Counts the instructions of each stage and compares them with benches/instructions.txt; fails if one
# takes 3 % more, or so many as the variable TOLERANCE says. Counts hardly change from run to run, so
# this holds where clocks do not, but another compiler, dependency or processor changes them:
# `--bless` writes the file anew.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
baseline=benches/instructions.txt
tolerance=${TOLERANCE:-3} # per cent

if ! command -v valgrind >/dev/null; then
    echo "instructions: skipped, valgrind is not installed"
    exit 0
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
program=$(cargo bench --locked --quiet --bench counts --no-run --message-format=json |
    sed -n 's/.*"name":"counts".*"executable":"\([^"]*\)".*/\1/p')

for stage in load build fold scan judge resolve tag; do
    valgrind --tool=callgrind --callgrind-out-file="$scratch/profile" \
        --collect-atstart=no --toggle-collect='counts::counted*' \
        "$program" "$stage" >/dev/null 2>"$scratch/log" || { cat "$scratch/log" >&2; exit 1; }
    count=$(sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$scratch/log")
    if [ "${count:-0}" -eq 0 ]; then
        echo "instructions: nothing was counted of $stage" >&2
        exit 1
    fi
    printf '%-8s %12d\n' "$stage" "$count"
done >"$scratch/measured"

if [ "${1-}" = --bless ]; then
    cp "$scratch/measured" "$baseline"
    cat "$baseline"
    exit
fi
awk -v tolerance="$tolerance" '
    NR == FNR { before[$1] = $2; next }
    !($1 in before) { printf "%-8s %12d  new: bless it\n", $1, $2; failed = 1; next }
    {
        change = 100 * ($2 - before[$1]) / before[$1]
        verdict = ""
        if (change > tolerance) { verdict = "  worse"; failed = 1 }
        if (change < -tolerance) verdict = "  better: bless it"
        printf "%-8s %12d  %+6.1f %%%s\n", $1, $2, change, verdict
    }
    END { exit failed }
' "$baseline" "$scratch/measured"
