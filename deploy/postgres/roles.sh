#!/bin/sh
# Run once by the PostgreSQL image, on an empty volume: the owner of the tables, and the role that serves and owns nothing.
set -eu
owner=$(cat /run/secrets/postgres-owner-password)
app=$(cat /run/secrets/postgres-app-password)
psql --set=ON_ERROR_STOP=1 --set=owner="$owner" --set=app="$app" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE enishi_owner LOGIN PASSWORD :'owner';
CREATE ROLE enishi_app LOGIN PASSWORD :'app';
CREATE DATABASE enishi OWNER enishi_owner ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0;
SQL
