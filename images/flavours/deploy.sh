#!/usr/bin/env bash
# What deploys: Terraform, kubectl, the AWS CLI and Docker.
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=images/flavours/checked.sh
source "$here/checked.sh"
: "${TERRAFORM:?}" "${KUBECTL:?}"

arch=$(arch_of amd64 arm64)
releases=https://releases.hashicorp.com/terraform/$TERRAFORM
archive=$(fetch_checked "$releases/terraform_${TERRAFORM}_linux_$arch.zip" "" "$releases/terraform_${TERRAFORM}_SHA256SUMS")
unzip -q -o "$archive" terraform -d /usr/local/bin
release=https://dl.k8s.io/release/v$KUBECTL/bin/linux/$arch
program=$(fetch_checked "$release/kubectl" "" "$release/kubectl.sha256")
install -m 0755 "$program" /usr/local/bin/kubectl
# Amazon Linux has it. Its makers publish no checksum, and Ubuntu's own package is a signed snap.
command -v aws > /dev/null || snap install aws-cli --classic

terraform version
kubectl version --client
aws --version
bash "$here/docker.sh"
