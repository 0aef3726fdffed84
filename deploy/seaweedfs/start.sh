#!/bin/sh
# Starts SeaweedFS for compose.yaml: one server, of which only the S3 port is reached from outside, and which
# syncs what it writes to the disk. What follows this script's name is passed on.
set -eu

# As root only to own the volume: the image brings a user for the rest.
if [ "$(id -u)" = 0 ] && command -v su-exec >/dev/null && id seaweed >/dev/null 2>&1; then
  [ "$(stat -c %u /data)" = "$(id -u seaweed)" ] || chown -R seaweed:seaweed /data
  exec su-exec seaweed /bin/sh "$0" "$@"
fi

# In memory, and readable by nobody else.
keys=${TMPDIR:-/tmp}/store-keys.json
(umask 077 && /bin/sh "$(dirname "$0")/keys.sh" >"$keys")

# It writes behind unless told otherwise, and is told through its own shell, once it is up.
sync_writes() {
  echo 'fs.configure -locationPrefix=/buckets/ -fsync -apply' |
    timeout 20 weed shell -master="${STORE_MASTER:-127.0.0.1:9333}" -filer="${STORE_FILER:-127.0.0.1:8888}"
}
(until sync_writes | grep -q '"fsync":  true'; do kill -0 $$ && sleep 1 || exit; done) 2>/dev/null &

# A larger film lies in several volumes; a bucket takes some when it is made. Below a gigabyte of free room nothing
# more is written: the database may lie on the same disk.
exec weed -logtostderr=true server \
  -dir=/data \
  -ip=127.0.0.1 -ip.bind=127.0.0.1 -s3.ip.bind=0.0.0.0 \
  -master.volumeSizeLimitMB=1024 -master.telemetry=false -volume.max=0 -volume.minFreeSpace=1GiB \
  -filer -s3 -s3.config="$keys" \
  -s3.autoCreateBucket=false -s3.iam=false -s3.port.iceberg=0 -s3.port.lance=0 \
  "$@"
