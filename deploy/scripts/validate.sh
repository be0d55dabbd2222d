#!/usr/bin/env bash
# Looks for mistakes in what is rendered, before anybody applies it: deploy/scripts/validate.sh [options of ./sundial validate]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec ./sundial validate "$@"
