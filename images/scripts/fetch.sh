#!/usr/bin/env bash
# Fetches a file, and keeps it only if it has this checksum.   fetch.sh <s3://… or https://…> <file> <SHA-256 in hex>
# From S3 by the AWS CLI, or by curl with the machine's own rights where an image has no CLI.
set -euo pipefail
# The rights are a secret: a script that is traced does not print them.
set +x

from=$1 to=$2 sha256=$3
tries=4
metadata=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}

patient_curl() {
  curl --fail --silent --show-error --location --retry 5 --retry-connrefused --connect-timeout 5 "$@"
}

metadata_of() {
  patient_curl --header "X-aws-ec2-metadata-token: $token" "$metadata/latest/$1"
}

field() {
  sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" <<< "$credentials"
}

s3_by_curl() {
  local token role credentials region bucket key suffix=amazonaws.com
  token=$(patient_curl --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$metadata/latest/api/token")
  role=$(metadata_of meta-data/iam/security-credentials/)
  credentials=$(metadata_of "meta-data/iam/security-credentials/$role" | tr ',' '\n')
  region=${AWS_REGION:-$(metadata_of meta-data/placement/region)}
  bucket=${from#s3://} && key=${bucket#*/} && bucket=${bucket%%/*}
  case $region in cn-*) suffix=amazonaws.com.cn ;; esac
  # By its standard input: arguments are read by every user of the machine.
  patient_curl --config - --output "$to" << CONFIG
url = "${AWS_ENDPOINT_URL_S3:-https://s3.$region.$suffix}/$bucket/$key"
aws-sigv4 = "aws:amz:$region:s3"
user = "$(field AccessKeyId):$(field SecretAccessKey)"
header = "x-amz-security-token: $(field Token)"
header = "x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
CONFIG
}

fetch() {
  case $from in
    s3://*) if command -v aws > /dev/null; then aws s3 cp --only-show-errors "$from" "$to"; else s3_by_curl; fi ;;
    https://*) patient_curl --output "$to" "$from" ;;
    *) echo "fetch.sh: $from is neither s3://… nor https://…" >&2 && exit 2 ;;
  esac
}

for ((try = 1; ; try++)); do
  if fetch && echo "$sha256  $to" | sha256sum --check --quiet -; then exit 0; fi
  rm -f "$to"
  if [ "$try" -ge "$tries" ]; then break; fi
  sleep $((try * 2 + RANDOM % 3))
done
echo "fetch.sh: $from was not to be had with the checksum $sha256." >&2
exit 1
