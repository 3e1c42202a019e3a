FROM node:20-bookworm-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY server/package.json server/
COPY web/package.json web/

# what the viewer is built with stays out of the image that runs
FROM manifests AS build
RUN npm ci
COPY tsconfig.base.json ./
COPY server server
COPY web web
COPY scripts scripts
RUN npm run build

FROM manifests
# what prints maps and lists: the browser, and letters for Chinese
RUN apt-get update \
  && apt-get install -y --no-install-recommends chromium fonts-noto-cjk \
  && rm -rf /var/lib/apt/lists/*
RUN npm ci --omit=dev --workspace server --include-workspace-root && npm cache clean --force
COPY tsconfig.base.json ./
COPY server server
COPY migrations migrations
COPY data data
COPY scripts scripts
COPY web web
COPY --from=build /app/web/dist web/dist
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4180 DATA_DIR=/data
# root owns the program; only the data belongs to the user who runs it
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4180
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "tsx", "scripts/start.ts"]
