# The whole product in one image; the command says which part of it runs. Debian, because the query planner has no
# build for musl.
FROM node:22.20.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY scripts/bundle.ts scripts/bundle-pages.ts ./scripts/
COPY console ./console
COPY src ./src
COPY resolvers ./resolvers
COPY subgraphs ./subgraphs
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:22.20.0-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=4000 \
    SEALGRAPH_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./package.json
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist/bundle ./dist/bundle
COPY --from=build /app/dist/pages ./dist/pages
# What is read from disk: the examples shown on the landing pages, and descriptions of SOAP services.
COPY schema ./schema
COPY src/providers/vipidentity/wsdl ./src/providers/vipidentity/wsdl
# A new volume takes over the owner of the folder it is mounted on.
RUN mkdir /data /simulators && chown node:node /data /simulators
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/bundle/main.js"]
CMD ["start"]
