#!/usr/bin/env bash
# What action.yml runs: the inputs, which are variables, become arguments of `auditor check`.
set -uo pipefail

arguments=(check --format github)
[[ -n ${AUDITOR_FAIL_ON:-} ]] && arguments+=(--fail-on "$AUDITOR_FAIL_ON")
[[ -n ${AUDITOR_GLOSSARY:-} ]] && arguments+=(--glossary "$AUDITOR_GLOSSARY")
[[ -n ${AUDITOR_BASELINE:-} ]] && arguments+=(--baseline "$AUDITOR_BASELINE")
[[ -n ${AUDITOR_CONFIG:-} ]] && arguments+=(--config "$AUDITOR_CONFIG")
[[ -n ${AUDITOR_SARIF:-} ]] && arguments+=(--output "sarif=$AUDITOR_SARIF")
[[ -n ${AUDITOR_CACHE_DIR:-} ]] && arguments+=(--cache-dir "$AUDITOR_CACHE_DIR")
[[ ${AUDITOR_EXIT_ZERO:-false} == true ]] && arguments+=(--exit-zero)
arguments+=(--)
while IFS= read -r line; do
  [[ -n $line ]] && arguments+=("$line")
done <<< "${AUDITOR_WHAT:-}"

"${AUDITOR:-auditor}" "${arguments[@]}"
status=$?
[[ -n ${GITHUB_OUTPUT:-} ]] && echo "status=$status" >> "$GITHUB_OUTPUT"
exit "$status"
