#!/usr/bin/env bash
# Docker of the system's signed packages, and images that jobs need not wait for.
set -euo pipefail

if command -v dnf > /dev/null; then
  dnf install --assumeyes --quiet docker
else
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq docker.io docker-buildx docker-compose-v2
fi
systemctl enable --now docker.service
usermod --append --groups docker "$RUN_AS"
for image in ${IMAGES:-}; do docker pull --quiet "$image"; done
docker version --format '{{ .Server.Version }}'
