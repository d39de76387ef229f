#!/usr/bin/env node
import { runCommandLine } from './cli/run-command-line.js';

process.exitCode = await runCommandLine(process.argv.slice(2));
// A start that was given up half-way has things open; a clean end must close them all by itself.
if (process.exitCode !== 0) process.exit();
