#!/usr/bin/env bash
# Fuzzes the targets with AFL++, one after another, each for some seconds, until it is stopped or every one had its turns:
#     tests/Webhooks.Fuzzing/guided.sh FOLDER SECONDS [TURNS] [TARGET...]
# FOLDER keeps the instrumented program, and what was found so far: the next run goes on from there.
# Needs afl-fuzz (Debian: afl++) and the .NET tool SharpFuzz.CommandLine.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mkdir -p "$1" && cd "$1" && pwd)
seconds=$2 turns=${3:-1}
shift $(( $# < 3 ? $# : 3 ))

sharpfuzz=$(command -v sharpfuzz || echo "$HOME/.dotnet/tools/sharpfuzz")
if [ ! -e "$folder/instrumented" ]; then
    dotnet publish "$here" -c Release -o "$folder/bin" -v q -nologo
    for part in Signing Sending AspNetCore Ed25519; do
        "$sharpfuzz" "$folder/bin/Webhooks.$part.dll"
    done
    touch "$folder/instrumented"
fi

program="$folder/bin/Webhooks.Fuzzing.dll"
dotnet "$program" seeds "$folder/seeds"
[ $# -gt 0 ] || mapfile -t names < <(dotnet "$program" list)
[ $# -eq 0 ] || names=("$@")

mkdir -p "$folder/found"
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1 AFL_AUTORESUME=1
export AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 DOTNET_TieredPGO=0 DOTNET_gcServer=0
fuzz() {
    afl-fuzz -i "$folder/seeds/$1" -o "$folder/found/$1" -V "$seconds" -t 5000 -m none -G 16384 \
        -- dotnet "$program" guided "$1" >"$folder/$1.log" 2>&1
}

for (( turn = 1; turn <= turns; turn++ )); do
    for name in "${names[@]}"; do
        [ ! -d "$here/corpus/$name" ] || cp -n "$here/corpus/$name/"* "$folder/seeds/$name/"
        # Started once more where it ended at once: on a busy machine the first input now and then leaves no trace.
        fuzz "$name" || fuzz "$name" || echo "$name: afl-fuzz said $? ($folder/$name.log)"
        stats="$folder/found/$name/default/fuzzer_stats"
        [ ! -e "$stats" ] || printf '%s: %s executions, %s inputs, %s crashes, %s hangs\n' "$name" \
            "$(sed -n 's/^execs_done *: //p' "$stats")" "$(sed -n 's/^corpus_count *: //p' "$stats")" \
            "$(sed -n 's/^saved_crashes *: //p' "$stats")" "$(sed -n 's/^saved_hangs *: //p' "$stats")"
    done
done
