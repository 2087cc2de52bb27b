#!/usr/bin/env node
// Runs from source in a checkout, from dist in an image, which holds no sources.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'

const beside = (path) => fileURLToPath(new URL(path, import.meta.url))
const source = beside('../src/main.ts')

if (existsSync(source)) runFromSource()
else await import('../dist/src/main.js')

function runFromSource() {
  // The Node that the checkout pins stands before the host's own.
  const env = { ...process.env, PATH: `${beside('../../../node_modules/.bin')}${delimiter}${process.env['PATH']}` }
  if (!existsSync(beside('../../../libs/contracts/src/gen'))) {
    const { status } = spawnSync('node', [beside('../../../scripts/gen.mjs')], { env, stdio: ['ignore', 2, 2] })
    if (status !== 0) process.exit(1)
  }
  const child = spawn('node', ['--conditions=development', source, ...process.argv.slice(2)], { env, stdio: 'inherit' })
  // A terminal signals both; what only this process is sent is handed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(error.message)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal]
  })
}
