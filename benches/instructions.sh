#!/usr/bin/env bash
# Counts the instructions of each stage and compares them with benches/instructions.txt.
# Counts hardly change from run to run, so this holds where clocks do not; a new compiler or dependency
# changes them too. `--bless` writes the file anew.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
baseline=benches/instructions.txt
tolerance=3 # per cent

if ! command -v valgrind >/dev/null; then
    echo "instructions: skipped, valgrind is not installed"
    exit 0
fi

counts=$(mktemp -d)
trap 'rm -rf "$counts"' EXIT
program=$(cargo bench --locked --quiet --bench counts --no-run --message-format=json |
    sed -n 's/.*"name":"counts".*"executable":"\([^"]*\)".*/\1/p')
# The counting is on inside the functions called stage_…, and each of them that ends writes a file.
valgrind --quiet --tool=callgrind --callgrind-out-file="$counts/out" --combine-dumps=no \
    --collect-atstart=no --toggle-collect='*stage_*' --dump-after='*stage_*' \
    "$program" stages >/dev/null 2>"$counts/log" || { cat "$counts/log" >&2; exit 1; }

measured=$counts/measured
for dump in "$counts"/out.*; do
    sed -n 's/^desc: Trigger: .*stage_\([a-z_]*\).*/\1/p; s/^\(totals\|summary\): //p' "$dump" |
        paste -sd ' '
done | awk 'NF >= 2 { printf "%-10s %12d\n", $1, $2 }' >"$measured"
[ -s "$measured" ] || { echo "instructions: nothing was counted" >&2; exit 1; }

if [ "${1-}" = --bless ]; then
    cp "$measured" "$baseline"
    cat "$baseline"
    exit
fi
awk -v tolerance="$tolerance" '
    NR == FNR { before[$1] = $2; next }
    !($1 in before) { printf "%-10s %12d  new: bless it\n", $1, $2; failed = 1; next }
    {
        change = 100 * ($2 - before[$1]) / before[$1]
        verdict = change > tolerance ? "  more than " tolerance " % more" : ""
        if (verdict) failed = 1
        if (change < -tolerance) verdict = "  better: bless it"
        printf "%-10s %12d  %+6.1f %%%s\n", $1, $2, change, verdict
        delete before[$1]
    }
    END {
        for (stage in before) { printf "%-10s was not counted\n", stage; failed = 1 }
        exit failed
    }
' "$baseline" "$measured"
