#!/usr/bin/env node
import module from 'node:module'

// Vite is compiled once for all commands of a machine, and kept where NODE_COMPILE_CACHE says. Node 22.1 brings this.
module.enableCompileCache?.()
const { main } = await import('../dist/host/cli/main.js')

process.exitCode = await main(process.argv.slice(2))
