// @apollo/gateway over the services that the environment names.
import process from 'node:process';
import { ApolloGateway } from '@apollo/gateway';
import { serveApollo } from './serve.js';

await serveApollo({ gateway: new ApolloGateway({ supergraphSdl: process.env.BENCH_SUPERGRAPH }) });
