# Enishi: one image for servers, workers and the command line. Nothing is fetched but npm packages.
# Each step is also run, in an empty folder and without a container engine, by test/operations/image.full.spec.ts,
# which reads this file: keep to FROM, WORKDIR, COPY, RUN, ENV, USER, ENTRYPOINT and CMD in their plain forms.

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY apps/cli/package.json apps/cli/
COPY apps/console/package.json apps/console/
COPY apps/verifier/package.json apps/verifier/
# The second half is for registries that lack packages of other platforms: docs/decisions/0012-npm-ci-with-a-fallback.md.
RUN npm ci --include=dev --no-audit --no-fund || npm install --no-save --include=dev --no-audit --no-fund
COPY . .
RUN node apps/server/prepare.mjs

FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY apps/cli/package.json apps/cli/
COPY apps/console/package.json apps/console/
COPY apps/verifier/package.json apps/verifier/
# Without the console's packages (they are in what was built) and the embedded PostgreSQL's programs.
RUN npm ci --omit=dev --omit=optional --workspace apps/cli --include-workspace-root --no-audit --no-fund \
 || npm install --no-save --omit=dev --omit=optional --workspace apps/cli --include-workspace-root --no-audit --no-fund

FROM node:22-bookworm-slim
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY apps/cli/package.json apps/cli/
COPY apps/cli/bin apps/cli/bin
COPY deploy/run.mjs deploy/healthcheck.mjs deploy/eventstoredb-account.mjs deploy/
# A new volume takes these over with their owner.
RUN install -d -o node -g node /var/lib/enishi /var/lib/enishi-epochs
ENV NODE_ENV=production ENISHI_MODE=production ENISHI_BIND=0.0.0.0
USER node
ENTRYPOINT ["node", "deploy/run.mjs"]
CMD ["server"]
