# The whole product in one image; the command says which part of it runs. Debian, because the query planner has no
# build for musl.
FROM node:22.20.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run package
WORKDIR /app/dist/package
RUN npm install --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22.20.0-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=4000 \
    SEALGRAPH_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/dist/package ./
# A new volume takes over the owner of the folder it is mounted on.
RUN mkdir /data /simulators /audit && chown node:node /data /simulators /audit
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/bundle/main.js"]
CMD ["start"]
