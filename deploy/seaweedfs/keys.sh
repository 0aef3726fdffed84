#!/bin/sh
# Prints who may use the store, for start.sh: Pennydrop alone, by STORE_SECRET_KEY.
set -eu

# It is put into JSON as it is.
case ${STORE_SECRET_KEY:-} in
  "" | *[!A-Za-z0-9]*)
    echo "STORE_SECRET_KEY in deploy/.env has to be letters and digits, for example of: openssl rand -hex 24" >&2
    exit 1
    ;;
esac

printf '{"identities": [{"name": "pennydrop", "actions": ["Admin"],\n'
printf ' "credentials": [{"accessKey": "pennydrop", "secretKey": "%s"}]}]}\n' "$STORE_SECRET_KEY"
