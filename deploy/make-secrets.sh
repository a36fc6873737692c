#!/bin/sh
# Makes the files of compose.yaml's secrets where they are missing. Keep deploy/secrets/enishi-master-key apart, and safe:
# without it nothing that was sealed opens.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
cd secrets
word() { [ -s "$1" ] || openssl rand -hex 24 >"$1"; }
word postgres-password
word postgres-owner-password
word postgres-app-password
[ -s enishi-master-key ] || openssl rand -base64 32 >enishi-master-key
[ -e enishi-oidc-client-secret ] || : >enishi-oidc-client-secret
printf 'postgres://enishi_owner:%s@postgres:5432/enishi\n' "$(cat postgres-owner-password)" >enishi-database-owner
printf 'postgres://enishi_app:%s@postgres:5432/enishi\n' "$(cat postgres-app-password)" >enishi-database
[ -s enishi-event-store ] || echo 'esdb://eventstore:2113?tls=false' >enishi-event-store
# The image's account (node, 1000) reads them; on the host the folder stays closed.
chmod 644 ./*
