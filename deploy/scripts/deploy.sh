#!/usr/bin/env bash
# Brings the platform to a cluster that has no Argo CD: deploy/scripts/deploy.sh ENVIRONMENT [options of ./sundial deploy]
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: deploy.sh development|staging|production [options of ./sundial deploy]" >&2; exit 2; }
environment=$1
shift
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec ./sundial deploy --environment "$environment" "$@"
